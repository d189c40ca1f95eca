import type { ReactNode } from "react";
import { href, Link } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { classes } from "#app/ui/classes.ts";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { closeMenu, Menu } from "#app/ui/menu.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import { NotificationItem } from "./notification-item.tsx";
import type { Bell } from "./notifications.server.ts";

const look = classes(
  buttonClasses({ variant: "ghost", size: "small", isSquare: true }),
  "relative size-9 rounded-full",
);

type BellMenuProps = { bell: Bell; answers: (invitation: string) => ReactNode };

export function BellMenu({ bell, answers }: BellMenuProps) {
  const { unread, newest, now } = bell;
  const fetcher = useFetcher();
  const label = unread === 0 ? m.notifications_title() : m.notifications_bell({ count: unread });
  const face = (
    <>
      <Icon name="bell" />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute -end-0.5 -top-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-danger px-1 font-semibold text-[0.625rem] text-danger-contrast leading-none tabular-nums"
        >
          {unread > 99 ? `${formatNumber(99)}+` : formatNumber(unread)}
        </span>
      )}
    </>
  );
  if (!useIsHydrated()) {
    return (
      <Link to={href("/notifications")} aria-label={label} title={label} className={look}>
        {face}
      </Link>
    );
  }
  return (
    <Menu
      side="end"
      label={label}
      trigger={face}
      triggerClassName={look}
      panelClassName="w-92 max-w-[calc(100vw-1.5rem)] flex-col overflow-hidden p-0 open:flex"
    >
      <div className="flex shrink-0 items-center justify-between gap-3 border-b px-4 py-2.5">
        <p className="font-semibold text-base">{m.notifications_title()}</p>
        {unread > 0 && (
          <fetcher.Form method="post" action={href("/notifications/read")}>
            <input type="hidden" name="stay" value="yes" />
            <button type="submit" className="rounded-sm font-medium text-accent text-sm hover:underline">
              {m.notifications_mark_all_read()}
            </button>
          </fetcher.Form>
        )}
      </div>
      {newest.length === 0 ? (
        <p className="px-4 py-8 text-center text-muted">{m.notifications_none_title()}</p>
      ) : (
        <ul className="min-h-0 flex-1 divide-y overflow-y-auto overscroll-contain">
          {newest.map((notification) => (
            <li key={notification.id} className="px-4 py-3">
              <NotificationItem notification={notification} now={now} answers={answers} onOpen={closeMenu} />
            </li>
          ))}
        </ul>
      )}
      <div className="shrink-0 border-t p-1.5">
        <Link
          to={href("/notifications")}
          onClick={closeMenu}
          className="block rounded-sm px-2.5 py-1.5 text-center font-medium text-accent hover:bg-hover"
        >
          {m.notifications_show_all()}
        </Link>
      </div>
    </Menu>
  );
}
