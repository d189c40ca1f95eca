/** `next`: where the focus goes when the button is gone, the first that is still there; `room`: what all of it stands in. */
type Place = { button: HTMLButtonElement; room: HTMLElement; next: HTMLElement[] };

/** Of the focused button, noted while it stands there: nothing tells where it was once it is gone. */
let place: Place | null = null;

// Who presses a button that vanishes with that, as an ended session's does, goes on at the next one like it, or at its heading.
note(document.activeElement);
document.addEventListener("focusin", ({ target }) => note(target));
document.addEventListener("pointerdown", ({ target }) => {
  if (!place?.button.contains(target as Node)) place = null;
});
new MutationObserver(() => requestAnimationFrame(goOn)).observe(document.body, {
  subtree: true,
  childList: true,
  attributeFilter: ["disabled"],
});

function note(focused: EventTarget | null) {
  const button = focused instanceof HTMLButtonElement ? focused : null;
  const room = button?.closest<HTMLElement>("#content, [popover]");
  place = button && room ? { button, room, next: nextTo(button, room) } : null;
}

/** Buttons like it under the same heading, those after it first; then the headings before it, from the nearest on. */
function nextTo(button: HTMLButtonElement, room: HTMLElement): HTMLElement[] {
  const isBefore = (each: HTMLElement) => button.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING;
  const headings = headingsIn(room).filter(isBefore).reverse();
  let list = button.parentElement ?? room;
  while (list !== room && !list.contains(headings[0] ?? room)) list = list.parentElement ?? room;
  const alike = [...list.querySelectorAll("button")].filter(({ className }) => className === button.className);
  const at = alike.indexOf(button);
  return [...alike.slice(at + 1), ...alike.slice(0, at).reverse(), ...headings];
}

/** Without those of single rows. */
function headingsIn(room: HTMLElement): HTMLElement[] {
  return [...room.querySelectorAll<HTMLElement>("h1, h2")].filter((heading) => heading.closest("li") === null);
}

function goOn() {
  if (place === null || isThere(place.button)) return;
  const { button, room, next } = place;
  // What has taken the focus since, such as a field to mend, keeps it.
  if (document.activeElement !== document.body && document.activeElement !== button) return;
  const target = next.find(isThere) ?? headingsIn(room)[0] ?? room;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function isThere(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(":disabled");
}

export {};
