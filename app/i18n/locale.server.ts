import { AsyncLocalStorage } from "node:async_hooks";
import { type Dates, overwriteDates } from "./format.ts";
import { type Locale, languageTag } from "./locale.ts";
import { isLocale as isMessageTag, overwriteGetLocale } from "./paraglide/runtime.js";

type Language = { tag: string; dates: Dates; isWithin: boolean };

const ofRequest = new AsyncLocalStorage<Language>();

// Messages use BCP 47 tags, as `Intl` does.
overwriteGetLocale(() => {
  const tag = ofRequest.getStore()?.tag;
  return isMessageTag(tag) ? tag : "en";
});

overwriteDates(() => ofRequest.getStore()?.dates ?? {});

export function withLocale<Result>(locale: Locale, run: () => Result, dates: Dates = {}): Result {
  return ofRequest.run({ tag: languageTag(locale), dates, isWithin: ofRequest.getStore() !== undefined }, run);
}

/** Changes the language for the rest of the request, once the person is known. Code with its own language (the API) keeps it. */
export function changeLocale(locale: Locale, dates: Dates): void {
  const language = ofRequest.getStore();
  if (language?.isWithin === false) Object.assign(language, { tag: languageTag(locale), dates });
}
