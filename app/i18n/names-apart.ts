import { isolate } from "#app/text/isolation.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { currentTag } from "./format.ts";

/** Inputs in the sentence's own language, from the app or from `Intl`. Any other text comes from a person. */
export const OWN_WORDS = new Set([
  "date",
  "maximum",
  "method",
  "names",
  "owners",
  "quota",
  "role",
  "roles",
  "used",
  "words",
]);

type Message = (inputs?: Record<string, unknown>, options?: { locale?: string }) => string;

/** Isolates names, so that letters of the other direction do not move the words around them. A text is made when first read. */
export function withNamesApart<Messages extends object>(messages: Messages): Messages {
  const made: Record<PropertyKey, Message> = {};
  const get = (_: Messages, key: keyof Messages) => (made[key] ??= apart(messages[key] as Message));
  return new Proxy(messages, { get } as ProxyHandler<Messages>);
}

function apart(message: Message): Message {
  return (inputs, options = {}) => message(inputs && inputsApart(inputs, options.locale ?? currentTag()), options);
}

function inputsApart(inputs: Record<string, unknown>, tag: string) {
  const pairs = Object.entries(inputs).map(([name, value]) => [
    name,
    typeof value === "string" && !OWN_WORDS.has(name) ? setApart(value, tag) : value,
  ]);
  return Object.fromEntries(pairs);
}

function setApart(name: string, tag: string): string {
  return isolate(shownAddress(name), tag.startsWith("ar") ? "rtl" : "ltr");
}

export function nameApart(name: string): string {
  return setApart(name, currentTag());
}

/** Joins names with "or", unless `type` says otherwise. Each name is isolated from the words between them. */
export function listedNames(names: readonly string[], type: Intl.ListFormatType = "disjunction"): string {
  return new Intl.ListFormat(currentTag(), { type }).format(names.map(nameApart));
}
