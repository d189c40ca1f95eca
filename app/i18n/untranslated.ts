import { type Catalogs, formsOf } from "./catalogs.ts";
import { type Locale, languageTag } from "./locale.ts";

/** Precedes an English text that waits for its translation, on the page as well as in the file. */
export const MARK = "[en] ";

export type Messages = Record<string, unknown>;

/** Adds the messages of `base` that `messages` lacks, in English and marked, in the order of `base`. Keeps translations as is. */
export function filled(locale: string, base: Messages, messages: Messages): Messages {
  const lacking = Object.keys(base).filter((key) => !(key in messages));
  const added = Object.fromEntries(lacking.map((key) => [key, markedFor(locale, base[key])]));
  const order = Object.keys({ ...base, ...messages });
  const all: Messages = { ...messages, ...added };
  return Object.fromEntries(order.map((key) => [key, all[key]]));
}

/** Leaves out the messages that `base` no longer has. */
export function pruned(base: Messages, messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).filter(([key]) => key in base));
}

/** Sums it up in one sentence; null if everything is translated into the offered languages. */
export function untranslatedInShort(catalogs: Catalogs, offered: readonly Locale[]): string | null {
  const marked = inOffered(catalogs, offered).map(([locale, messages]) => ({ locale, keys: markedIn(messages) }));
  const left = marked.filter(({ keys }) => keys.length > 0);
  const count = new Set(left.flatMap(({ keys }) => keys)).size;
  if (count === 0) return null;
  return `${count === 1 ? "1 text waits" : `${count} texts wait`} for translation (${left.map(({ locale }) => locale).join(", ")})`;
}

/** Returns one line for each offered language with untranslated texts; an empty list if everything is translated. */
export function findUntranslated(catalogs: Catalogs, offered: readonly Locale[]): string[] {
  return inOffered(catalogs, offered).flatMap(([locale, messages]) => {
    const keys = markedIn(messages);
    return keys.length === 0 ? [] : [`${locale}: ${keys.length} not translated (${named(keys)})`];
  });
}

const NAMED_MAXIMUM = 10;

/** Names only the first keys: a language that was just added lacks everything, and its line would fill the screen. */
function named(keys: readonly string[]): string {
  const [first, more] = [keys.slice(0, NAMED_MAXIMUM), keys.length - NAMED_MAXIMUM];
  return [...first, ...(more > 0 ? [`${more} more, marked "${MARK.trim()}" in app/i18n/messages`] : [])].join(", ");
}

/** Texts in languages that are not offered can wait. */
function inOffered(catalogs: Catalogs, offered: readonly Locale[]) {
  const tags = offered.map(languageTag);
  return Object.entries(catalogs).filter(([tag]) => tags.includes(tag));
}

function markedIn(messages: Catalogs[string]): string[] {
  return Object.entries(messages).flatMap(([key, message]) =>
    formsOf(message).some(([, text]) => text.startsWith(MARK)) ? [key] : [],
  );
}

function markedFor(locale: string, message: unknown): unknown {
  if (typeof message === "string") return MARK + message;
  return [message].flat().map((variant) => {
    const { match, selectors, ...rest } = Object(variant);
    const [selector] = [selectors].flat();
    const other = String(match[`${selector}=other`]);
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    const texts = forms.map((form) => [`${selector}=${form}`, MARK + String(match[`${selector}=${form}`] ?? other)]);
    return { ...rest, selectors, match: Object.fromEntries(texts) };
  });
}
