import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { NotificationsView } from "#app/notifications/notifications-view.tsx";
import { listNotifications } from "#app/notifications/operations.server.ts";
import { InvitationAnswers } from "#app/organizations/invitations/waiting-invitations.tsx";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/list";

export const meta = () => [{ title: title(m.notifications_title()) }];

export const loader = page(listNotifications, (found, { input }) => {
  if (input.page > found.pages) throw redirect(pageHref(found.pages));
  return found;
});

export default function NotificationsRoute({ loaderData }: Route.ComponentProps) {
  const answers = (invitation: string) => <InvitationAnswers id={invitation} />;
  return <NotificationsView found={loaderData} hrefFor={pageHref} answers={answers} />;
}

function pageHref(page: number): string {
  return page === 1 ? href("/notifications") : `${href("/notifications")}?page=${page}`;
}
