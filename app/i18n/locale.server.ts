import { AsyncLocalStorage } from "node:async_hooks";
import { overwriteDateTag } from "./format.ts";
import { type Locale, languageTag } from "./locale.ts";
import { isLocale as isMessageTag, overwriteGetLocale } from "./paraglide/runtime.js";

const requestTag = new AsyncLocalStorage<string>();
const requestDates = new AsyncLocalStorage<string>();

// Messages go by tags of BCP 47, as `Intl` does.
overwriteGetLocale(() => {
  const tag = requestTag.getStore();
  return isMessageTag(tag) ? tag : "en";
});

overwriteDateTag(() => requestDates.getStore());

/** `dates`: the tag by which they are written, for a language that has more than one way. */
export function withLocale<Result>(locale: Locale, run: () => Result, dates = languageTag(locale)): Result {
  return requestDates.run(dates, () => requestTag.run(languageTag(locale), run));
}
