/** `next`: the elements that can take the focus when the button is gone, best first. `room`: the element around them all. */
type Place = { button: HTMLButtonElement; room: HTMLElement; next: HTMLElement[] };

/** The place of the focused button, noted while it is in the page: once it is gone, nothing shows where it was. */
let place: Place | null = null;

// When a pressed button vanishes, as when its session is ended, the focus moves to the next button like it or to its heading.
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

/** Similar buttons under the same heading, the later ones first; then the headings before the button, nearest first. */
function nextTo(button: HTMLButtonElement, room: HTMLElement): HTMLElement[] {
  const isBefore = (each: HTMLElement) => button.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING;
  const headings = headingsIn(room).filter(isBefore).reverse();
  let list = button.parentElement ?? room;
  while (list !== room && !list.contains(headings[0] ?? room)) list = list.parentElement ?? room;
  const alike = [...list.querySelectorAll("button")].filter(({ className }) => className === button.className);
  const at = alike.indexOf(button);
  return [...alike.slice(at + 1), ...alike.slice(0, at).reverse(), ...headings];
}

/** Leaves out the headings of single rows. */
function headingsIn(room: HTMLElement): HTMLElement[] {
  return [...room.querySelectorAll<HTMLElement>("h1, h2")].filter((heading) => heading.closest("li") === null);
}

function goOn() {
  if (place === null || isThere(place.button)) return;
  const { button, room, next } = place;
  // Another element that has taken the focus since, such as an invalid field, keeps it.
  if (document.activeElement !== document.body && document.activeElement !== button) return;
  const target = next.find(isThere) ?? headingsIn(room)[0] ?? room;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function isThere(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(":disabled");
}

export {};
