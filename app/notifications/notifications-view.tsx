import type { ReactNode } from "react";
import { href, useNavigation } from "react-router";
import { formatDayFrom } from "#app/i18n/day-heading.ts";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { classes } from "#app/ui/classes.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Form } from "#app/ui/form.tsx";
import { Heard } from "#app/ui/heard.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { READ_KEPT_DAYS } from "./limits.ts";
import { NotificationItem } from "./notification-item.tsx";
import type { Notification, NotificationsPage, OpenInvitation } from "./notifications.server.ts";
import { notificationPlace, notificationsHref } from "./notifications-href.ts";

type NotificationsViewProps = {
  found: NotificationsPage;
  answers: (invitation: OpenInvitation) => ReactNode;
};

export function NotificationsView({ found, answers }: NotificationsViewProps) {
  const { notifications, unread, show, page, pages, now } = found;
  const inList = usePlaceIn(notificationPlace);
  const action = href("/notifications/read") + inList;
  const pending = useNavigation().formAction;
  const labels = { all: m.notifications_list_all(), unread: m.notifications_list_unread({ count: unread }) };
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
      <nav aria-label={m.notifications_list_filter()} className="mb-5 flex gap-2 text-sm">
        <FilterLink show="all" isShown={show === "all"} label={labels.all} />
        <FilterLink show="unread" isShown={show === "unread"} label={labels.unread} />
      </nav>
      <Heard>{show === "all" ? labels.all : labels.unread}</Heard>
      {notifications.length === 0 && show === "unread" && (
        <EmptyState
          icon="bell"
          title={m.notifications_list_none_title()}
          description={m.notifications_list_none_description()}
        />
      )}
      {notifications.length === 0 && show === "all" && (
        <EmptyState icon="bell" title={m.notifications_none_title()} description={m.notifications_none_description()} />
      )}
      <div className="grid gap-6">
        {byDay(notifications, now).map(({ day, items }) => (
          <section key={day} aria-label={day}>
            <h2 className="mb-2 font-semibold text-sm">{day}</h2>
            <ul className="divide-y rounded-lg border bg-surface shadow-card">
              {items.map((notification) => (
                <li key={notification.id} className="px-4 py-4 sm:px-5">
                  <NotificationItem {...{ notification, now, answers, inList }} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Pagination page={page} pages={pages} hrefFor={(to) => notificationsHref({ show, page: to })} />
    </>
  );
}

type FilterLinkProps = { show: NotificationsPage["show"]; isShown: boolean; label: string };

function FilterLink({ show, isShown, label }: FilterLinkProps) {
  return (
    <Link
      to={notificationsHref({ show })}
      aria-current={isShown ? "page" : undefined}
      className={classes(
        "rounded-full border px-3 py-1 font-medium",
        isShown ? "border-accent bg-accent-soft text-accent" : "text-muted hover:bg-hover hover:text-text",
      )}
    >
      {label}
    </Link>
  );
}

function byDay(notifications: readonly Notification[], now: number): { day: string; items: Notification[] }[] {
  const days = new Map<string, Notification[]>();
  for (const each of notifications) {
    const day = formatDayFrom(each.at, now);
    days.set(day, [...(days.get(day) ?? []), each]);
  }
  return [...days].map(([day, items]) => ({ day, items }));
}
