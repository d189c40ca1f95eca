import { useEffect, useState } from "react";
import { href } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import type { BellShown } from "#app/query-keys.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { classes } from "#app/ui/classes.ts";
import { Icon } from "#app/ui/icon.tsx";
import { late } from "#app/ui/line/late.tsx";
import { Link } from "#app/ui/link.tsx";
import { Menu, MenuLink } from "#app/ui/menu.tsx";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";

const look = classes(
  buttonClasses({ variant: "ghost", size: "small", isSquare: true }),
  "relative size-9 rounded-full",
);

const BellPanel = late(() => import("./bell-panel.tsx"));

export type BellProps = { bell: BellShown; ask: () => void; isFailed: boolean; isAsking: boolean };

export function BellMenu(props: BellProps) {
  const { bell, ask } = props;
  const { unread, newest } = bell;
  // Null until it is opened for the first time.
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  useEffect(() => {
    if (isOpen && newest === null) ask();
  }, [isOpen, newest, ask]);
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
      onToggle={setIsOpen}
      panelClassName="min-h-24 w-92 max-w-[calc(100vw-1.5rem)] max-sm:mx-3 max-sm:[position-area:block-end_span-all] flex-col overflow-hidden p-0 open:flex"
    >
      {isOpen !== null && <BellPanel {...props} instead={<ToAll />} />}
    </Menu>
  );
}

function ToAll() {
  return (
    <MenuLink to={href("/notifications")} className="m-1.5">
      {m.notifications_show_all()}
    </MenuLink>
  );
}
