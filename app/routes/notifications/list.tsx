import "#app/i18n/messages-of/browsing.ts";
import { redirect } from "react-router";
import { whenOutdated } from "#app/frame/outdated.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import type { OpenInvitation } from "#app/notifications/notifications.server.ts";
import { notificationsHref } from "#app/notifications/notifications-href.ts";
import { NotificationsView } from "#app/notifications/notifications-view.tsx";
import { listNotifications } from "#app/notifications/operations.server.ts";
import { InvitationAnswers } from "#app/organizations/invitations/invitation-answers.tsx";
import { page } from "#app/request/doors.server.ts";
import { pagedWords } from "#app/ui/paged-words.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/list";

export const handle: SpeaksOf = ["browsing"];

export const meta: Route.MetaFunction = ({ location }) => [
  { title: title(pagedWords(m.notifications_title(), location.search)) },
];

export const loader = page(listNotifications, (found, { input }) => {
  if (input.page > found.pages) throw redirect(notificationsHref({ ...found, page: found.pages }));
  return found;
});

/** An invitation that ended meanwhile is no longer offered. */
export const shouldRevalidate = whenOutdated;

export default function NotificationsRoute({ loaderData }: Route.ComponentProps) {
  const answers = (invitation: OpenInvitation) => <InvitationAnswers {...invitation} />;
  return <NotificationsView found={loaderData} answers={answers} />;
}
