import { type ComponentProps, type MouseEvent, type ReactNode, useId } from "react";
import { classes } from "./classes.ts";
import { Link, type LinkProps } from "./link.tsx";

type MenuProps = {
  trigger?: ReactNode;
  label?: string;
  triggerClassName?: string;
  side?: "start" | "end" | "above";
  panelClassName?: string;
  onToggle?: (isOpen: boolean) => void;
  children: ReactNode;
};

/** A button with a panel of links and form buttons. The browser opens, closes and anchors the panel, without scripts. */
export function Menu({
  trigger,
  label,
  triggerClassName,
  side = "start",
  panelClassName,
  onToggle,
  children,
}: MenuProps) {
  const id = useId();
  return (
    <div className="menu">
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        title={label}
        className={classes("menu-trigger", triggerClassName)}
      >
        {trigger}
      </button>
      <div
        id={id}
        popover="auto"
        onBeforeToggle={onToggle && (({ newState }) => onToggle(newState === "open"))}
        data-side={side}
        className={classes("menu-panel", panelClassName)}
      >
        {children}
      </div>
    </div>
  );
}

export function MenuLink({ className, ...rest }: Omit<LinkProps, "onClick">) {
  return <Link {...rest} onClick={closeMenu} className={classes("menu-item", className)} />;
}

export function MenuButton({ className, ...rest }: Omit<ComponentProps<"button">, "onClick">) {
  return <button type="submit" {...rest} onClick={closeMenu} className={classes("menu-item", className)} />;
}

export function MenuSeparator() {
  return <hr className="-mx-1.5 my-1.5" />;
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <p className="px-2.5 pt-1.5 pb-1 font-medium text-muted text-xs">{children}</p>;
}

export function closeMenu(event: MouseEvent<HTMLElement>) {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}
