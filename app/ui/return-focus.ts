/**
 * For `finalFocus` of a dialog: returns the focus to where it was, unless it has left the popup while that was closing. If nothing
 * had it, the page's content gets it: for an element that the Tab key does not stop at, such as the body, a dialog would focus the
 * first link in it, which skips to the content.
 */
export function returnFocus(from: Element | null, popup: Element | null): HTMLElement | false {
  const { activeElement, body } = document;
  if (activeElement !== body && popup?.contains(activeElement) === false) return false;
  if (from instanceof HTMLElement && from !== body && from.isConnected) return from;
  requestAnimationFrame(() => {
    // The dialog may be open again by then.
    if (document.activeElement === body) document.getElementById("content")?.focus({ preventScroll: true });
  });
  return false;
}
