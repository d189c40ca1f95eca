import { seenBy } from "./seen-by.ts";

const KEY = "typed";
const KEPT_MS = 3_600_000;
const LONGEST = 50_000;
/** Of what is hidden only what a form marks itself as typed: what it was filled with. */
const KINDS = /^(text|email|search|tel|url|number|date|checkbox|radio|hidden)$/;
const SECRET = /password|token|secret|code|otp/i;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Kept = { person: string; at: number; fields: Record<string, string> };

const touched = new WeakSet<EventTarget>();

export function watchTyping() {
  for (const type of ["input", "change"]) {
    document.addEventListener(type, ({ target }) => target !== null && touched.add(target), { capture: true });
  }
  // The fields of a dialog appear after the page.
  document.addEventListener("focusin", () => giveBackTyped());
}

/**
 * Keeps short inputs in this tab for an hour, for the same person only (or for a visitor who is not signed in). Never keeps a
 * password, a code or a file.
 */
export function keepTyped() {
  const person = seenBy();
  const fields = Object.fromEntries(
    fieldsOfForms()
      .filter(({ field }) => touched.has(field) && field.value.length <= LONGEST)
      .map(({ key, field }) => [key, inputOf(field)]),
  );
  // On the sign-in pages, do not overwrite what a person typed before they were signed out.
  if (Object.keys(fields).length === 0 || (person === "" && readKept()?.person)) return;
  store({ person, at: Date.now(), fields });
}

export function giveBackTyped() {
  const kept = readKept();
  if (kept === null || (seenBy() === "" && kept.person !== "")) return;
  if (kept.person !== seenBy() || Date.now() - kept.at > KEPT_MS) return forgetTyped();
  const left = { ...kept.fields };
  for (const { key, field } of fieldsOfForms()) {
    const value = left[key];
    if (value === undefined) continue;
    delete left[key];
    if (inputOf(field) !== value) fill(field, value);
    // The restored value must be visible.
    field.closest("details")?.setAttribute("open", "");
  }
  if (Object.keys(left).length === 0) forgetTyped();
  else if (Object.keys(left).length < Object.keys(kept.fields).length) store({ ...kept, fields: left });
}

export function forgetTyped() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Storage is off, so nothing was kept.
  }
}

function fieldsOfForms(): { key: string; field: Field }[] {
  const seen = new Map<string, number>();
  return Array.from(document.forms).flatMap((form) => {
    if (form.method !== "post") return [];
    const { pathname } = new URL(form.getAttribute("action") ?? "", location.href);
    const fields = Array.from<unknown>(form.elements).filter(isKeepable);
    return fields.map((field) => {
      // A list can have other boxes by then, so a box is found by its value, not by its place.
      const name = `${pathname} ${field.name}${isTicked(field) ? ` ${field.value}` : ""}`;
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return { key: `${name} ${count}`, field };
    });
  });
}

function isKeepable(element: unknown): element is Field {
  if (element instanceof HTMLInputElement) {
    const { type, name, autocomplete } = element;
    return KINDS.test(type) && name !== "" && !SECRET.test(name) && !SECRET.test(autocomplete);
  }
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function isTicked(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

function inputOf(field: Field): string {
  return isTicked(field) ? String(field.checked) : field.value;
}

function fill(field: Field, value: string) {
  touched.add(field);
  // A click, because React hears nothing else of a box.
  if (isTicked(field)) return field.click();
  field.value = value;
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? "change" : "input", { bubbles: true }));
}

function store(kept: Kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage is full or off. The page is left all the same.
  }
}

function readKept(): Kept | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** A loose check is enough, because only this file writes the value. */
function isKept(value: unknown): value is Kept {
  return Object(value).fields instanceof Object;
}
