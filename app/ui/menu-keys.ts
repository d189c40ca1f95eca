const PANEL = ".menu-panel";

// The browser opens and closes menus. This adds what people know from menus elsewhere: arrow keys, and closing when the focus leaves or
// the page changes.
document.addEventListener("keydown", (event) => {
  const { target, key, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (!(target instanceof HTMLElement) || event.defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return;
  const panel = target.closest(".menu")?.querySelector<HTMLElement>(PANEL);
  if (!panel || target.matches("input, select, textarea")) return;
  if (!panel.matches(":popover-open")) {
    if (key !== "ArrowDown" && key !== "ArrowUp") return;
    target.click();
  }
  const items = itemsOf(panel);
  const at = items.indexOf(target);
  const next = {
    ArrowDown: items[at + 1] ?? items[0],
    ArrowUp: items.at(Math.max(at, 0) - 1),
    Home: items[0],
    End: items.at(-1),
  }[key];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
});

document.addEventListener("focusin", ({ target }) => closeOthers(target as Node));
addEventListener("popstate", () => closeOthers(null));
// The focus can have left a menu while this file was loading.
if (document.activeElement !== document.body) closeOthers(document.activeElement);

function closeOthers(focused: Node | null) {
  for (const panel of document.querySelectorAll<HTMLElement>(`${PANEL}:popover-open`)) {
    if (!panel.parentElement?.contains(focused)) panel.hidePopover();
  }
}

function itemsOf(panel: HTMLElement): HTMLElement[] {
  return [...panel.querySelectorAll<HTMLElement>("a[href], button")].filter((each) => each.checkVisibility());
}

export {};
