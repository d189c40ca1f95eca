import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { notificationsPage } from "#app/notifications/notifications.server.ts";
import { NotificationsView } from "#app/notifications/notifications-view.tsx";
import { NotificationsPage } from "#app/notifications/schemas.ts";
import { InvitationAnswers } from "#app/organizations/invitations/waiting-invitations.tsx";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/list";

export const meta: Route.MetaFunction = () => [{ title: title(m.notifications_title()) }];

export const loader = read({
  validate: NotificationsPage,
  authenticate: "session",
  authorize: "self",
  execute: (scope, { page }) => notificationsPage(scope, page),
  answer: (found, _grant, { page }) => {
    if (page > found.pages) throw redirect(pageHref(found.pages));
    return found;
  },
});

export default function NotificationsPageRoute({ loaderData }: Route.ComponentProps) {
  return (
    <NotificationsView
      found={loaderData}
      hrefFor={pageHref}
      answers={(invitation) => <InvitationAnswers id={invitation} />}
    />
  );
}

function pageHref(page: number): string {
  return page === 1 ? href("/notifications") : `${href("/notifications")}?page=${page}`;
}
