import { AsyncLocalStorage } from "node:async_hooks";
import { baseLocale, type Locale } from "./locale.ts";
import { overwriteGetLocale } from "./paraglide/runtime.js";

const requestLocale = new AsyncLocalStorage<Locale>();

overwriteGetLocale(() => requestLocale.getStore() ?? baseLocale);

/** Everything that `run` says, however late, is in `locale`. */
export function withLocale<Result>(locale: Locale, run: () => Result): Result {
  return requestLocale.run(locale, run);
}
