/**
 * For `finalFocus` of a dialog: back to where the focus was. Where it was nowhere, the page's content takes it: of an element that
 * the Tab key does not stop at, such as the body, a dialog would take the first link in it, which skips to the content.
 */
export function returnFocus(from: Element | null): HTMLElement | false {
  if (from instanceof HTMLElement && from !== document.body && from.isConnected) return from;
  requestAnimationFrame(() => document.getElementById("content")?.focus({ preventScroll: true }));
  return false;
}
