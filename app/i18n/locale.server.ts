import { AsyncLocalStorage } from "node:async_hooks";
import { type Locale, languageTag } from "./locale.ts";
import { isLocale as isMessageTag, overwriteGetLocale } from "./paraglide/runtime.js";

const requestTag = new AsyncLocalStorage<string>();

// Messages go by tags of BCP 47, as `Intl` does.
overwriteGetLocale(() => {
  const tag = requestTag.getStore();
  return isMessageTag(tag) ? tag : "en";
});

export function withLocale<Result>(locale: Locale, run: () => Result): Result {
  return requestTag.run(languageTag(locale), run);
}
