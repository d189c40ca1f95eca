import type { ReactNode } from "react";
import { href, useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Form } from "#app/ui/form.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { READ_KEPT_DAYS } from "./limits.ts";
import { NotificationItem } from "./notification-item.tsx";
import type { NotificationsPage } from "./notifications.server.ts";

type NotificationsViewProps = {
  found: NotificationsPage;
  hrefFor: (page: number) => string;
  answers: (invitation: string) => ReactNode;
};

export function NotificationsView({ found, hrefFor, answers }: NotificationsViewProps) {
  const { notifications, unread, page, pages, now } = found;
  const action = href("/notifications/read");
  const pending = useNavigation().formAction;
  return (
    <>
      <PageHeader
        title={m.notifications_title()}
        description={m.notifications_description({ days: READ_KEPT_DAYS })}
        actions={
          unread > 0 && (
            <Form method="post" action={action}>
              <Button variant="secondary" isPending={pending === action}>
                {m.notifications_mark_all_read()}
              </Button>
            </Form>
          )
        }
      />
      {notifications.length === 0 ? (
        <EmptyState icon="bell" title={m.notifications_none_title()} description={m.notifications_none_description()} />
      ) : (
        <ul className="divide-y rounded-lg border bg-surface shadow-card">
          {notifications.map((notification) => (
            <li key={notification.id} className="px-4 py-4 sm:px-5">
              <NotificationItem notification={notification} now={now} answers={answers} />
            </li>
          ))}
        </ul>
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={hrefFor} />
      </div>
    </>
  );
}
