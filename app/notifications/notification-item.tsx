import type { MouseEvent, ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { classes } from "#app/ui/classes.ts";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { Stay } from "#app/ui/stay.tsx";
import type { Notification, OpenInvitation } from "./notifications.server.ts";
import { iconOf, targetOf, wordsOf } from "./told.ts";

type NotificationItemProps = {
  notification: Notification;
  now: number;
  answers: (invitation: OpenInvitation) => ReactNode;
  /** The query string of its place in the list of notifications; empty outside of it. */
  inList?: string;
  onOpen?: (event: MouseEvent<HTMLElement>) => void;
};

export function NotificationItem({ notification, now, answers, inList = "", onOpen }: NotificationItemProps) {
  const { id, at, isRead, invitation } = notification;
  const fetcher = useFetcher();
  const isSeen = isRead || fetcher.state !== "idle";
  const target = targetOf(notification);
  const words = wordsOf(notification);
  const action = href("/notifications/:notification/read", { notification: id }) + inList;
  const open = (event: MouseEvent<HTMLElement>) => {
    // After the link has led on, which would wait for the response.
    if (!isRead) queueMicrotask(() => fetcher.submit({ stay: "yes", opened: "yes" }, { method: "post", action }));
    onOpen?.(event);
  };
  return (
    <div className="flex gap-3">
      <span
        className={classes(
          "grid size-8 shrink-0 place-items-center rounded-full",
          isSeen ? "bg-sunken text-muted" : "bg-accent-soft text-accent",
        )}
      >
        <Icon name={iconOf(notification)} />
      </span>
      <div className="min-w-0 flex-1">
        <p className={classes("text-sm", !isSeen && "font-medium")}>
          {!isSeen && <span className="sr-only">{m.notifications_unread_mark()} </span>}
          {target === null ? (
            words
          ) : (
            <Link to={target} onClick={open} className="rounded-sm hover:underline">
              {words}
            </Link>
          )}
        </p>
        <p className="mt-0.5 text-muted text-xs">
          <RelativeTime value={new Date(at)} now={new Date(now)} />
        </p>
        {invitation?.open && <div className="mt-2">{answers(invitation.open)}</div>}
      </div>
      {!isSeen && (
        <fetcher.Form method="post" action={action}>
          <Stay />
          <button
            type="submit"
            aria-label={m.notifications_mark_read_one({ words })}
            title={m.notifications_mark_read()}
            className="grid size-6 place-items-center rounded-full hover:bg-hover"
          >
            <span className="size-2 rounded-full bg-accent" />
          </button>
        </fetcher.Form>
      )}
    </div>
  );
}
