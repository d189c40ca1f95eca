import { z } from "zod";
import { DEFAULT_LOCALE } from "#app/product.ts";
import { type Locale, locales } from "./locale.ts";

/** The variable LANGUAGES: the codes of the languages that people can choose, such as `en fr de`. If it is empty, all of them. */
export const Languages = z
  .string()
  .default("")
  .transform((words) => words.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.enum(locales, `LANGUAGES takes the codes ${locales.join(", ")}`)))
  .transform((chosen): readonly Locale[] =>
    chosen.length === 0 ? locales : locales.filter((each) => chosen.includes(each)),
  );

/** Returns the wished language if it is offered, otherwise the one for people who have not chosen any. */
export function offeredLocale(offered: readonly Locale[], wished: unknown): Locale {
  const [first = DEFAULT_LOCALE] = offered;
  const found = (locale: unknown) => offered.find((each) => each === locale);
  return found(wished) ?? found(DEFAULT_LOCALE) ?? first;
}
