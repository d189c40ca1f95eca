import type { MouseEvent } from "react";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-names.ts";
import { Link } from "./link.tsx";

export type NavigationItem = {
  href: string;
  label: string;
  icon: IconName;
  /** Whether the current page belongs to the item. */
  isHere: boolean;
};

type ShellNavigationProps = { items: readonly NavigationItem[]; isCollapsed: boolean };

export function ShellNavigation({ items, isCollapsed }: ShellNavigationProps) {
  return (
    <nav aria-label={m.common_main_navigation()} className="min-h-0 flex-1 overflow-y-auto px-3 py-2">
      <ul className="grid gap-0.5">
        {items.map(({ href, label, icon, isHere }) => (
          <li key={href}>
            <Link
              to={href}
              aria-current={isHere ? "page" : undefined}
              title={isCollapsed ? label : undefined}
              onClick={closeDrawer}
              className="place"
            >
              <Icon name={icon} />
              <span>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function closeDrawer(event: MouseEvent<HTMLElement>) {
  const drawer = event.currentTarget.closest<HTMLElement>("[popover]");
  if (drawer?.matches(":popover-open")) drawer.hidePopover();
}
