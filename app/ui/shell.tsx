import type { ReactNode } from "react";
import { m } from "#app/i18n/messages.ts";
import { Breadcrumb, type Crumb } from "./breadcrumb.tsx";
import { buttonClasses } from "./button.tsx";
import { classes } from "./classes.ts";
import { Icon } from "./icon.tsx";
import { PreferenceForm, usePendingPreference } from "./preference-form.tsx";
import { type NavigationItem, ShellNavigation } from "./shell-navigation.tsx";
import { SkipLink } from "./skip-link.tsx";

type ShellProps = {
  switcher: ReactNode;
  items: readonly NavigationItem[];
  crumbs: readonly Crumb[];
  actions?: ReactNode;
  userMenu: ReactNode;
  sidebar: "open" | "collapsed";
  children: ReactNode;
};

const DRAWER = "shell-drawer";
const square = buttonClasses({ variant: "ghost", size: "small", isSquare: true });

export function Shell({ switcher, items, crumbs, actions, userMenu, sidebar, children }: ShellProps) {
  const isCollapsed = (usePendingPreference("sidebar") ?? sidebar) === "collapsed";
  return (
    <div data-sidebar={isCollapsed ? "collapsed" : "open"} className="min-h-dvh md:flex">
      <SkipLink />
      <aside
        id={DRAWER}
        popover="auto"
        className="drawer w-72 max-w-[85vw] flex-col border-e bg-sunken text-text open:flex md:w-60 collapsed:w-16"
      >
        <div className="flex h-14 shrink-0 items-center gap-1 px-3">
          <div className="min-w-0 flex-1">{switcher}</div>
          <button
            type="button"
            popoverTarget={DRAWER}
            popoverTargetAction="hide"
            aria-label={m.common_close_navigation()}
            className={classes(square, "md:hidden")}
          >
            <Icon name="x" />
          </button>
        </div>
        <ShellNavigation items={items} isCollapsed={isCollapsed} />
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-10 flex h-14 shrink-0 items-center gap-2 border-b bg-background px-3 sm:px-5">
          <button
            type="button"
            popoverTarget={DRAWER}
            aria-label={m.common_open_navigation()}
            className={classes(square, "md:hidden")}
          >
            <Icon name="menu" />
          </button>
          <SidebarToggle isCollapsed={isCollapsed} />
          <div className="min-w-0 flex-1">{crumbs.length > 0 && <Breadcrumb crumbs={crumbs} />}</div>
          {actions}
          {userMenu}
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl flex-1 px-4 pt-6 pb-28 outline-none sm:px-8 sm:pt-9"
        >
          {children}
        </main>
      </div>
    </div>
  );
}

function SidebarToggle({ isCollapsed }: { isCollapsed: boolean }) {
  const label = isCollapsed ? m.common_expand_sidebar() : m.common_collapse_sidebar();
  return (
    <PreferenceForm className="hidden md:block">
      <button
        type="submit"
        name="sidebar"
        value={isCollapsed ? "open" : "collapsed"}
        aria-label={label}
        aria-expanded={!isCollapsed}
        aria-controls={DRAWER}
        title={label}
        className={square}
      >
        <Icon name="panel-left" className="rtl:-scale-x-100" />
      </button>
    </PreferenceForm>
  );
}
