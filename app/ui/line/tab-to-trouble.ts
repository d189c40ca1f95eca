import type { KeyboardEvent } from "react";

const reached = new WeakSet<Element>();

/** For `onKeyDown` of a dialog, which keeps Tab to itself: the first Tab after a message of the trouble bar leads to its buttons. */
export function tabToTrouble(event: KeyboardEvent) {
  if (event.key !== "Tab" || event.shiftKey) return;
  const button = document.querySelector<HTMLElement>("[aria-live=assertive] button");
  if (!button || reached.has(button)) return;
  reached.add(button);
  event.preventDefault();
  button.focus();
}
