import { z } from "zod";
import { DEFAULT_LOCALE } from "#app/product.ts";
import { type Locale, locales } from "./locale.ts";

/** The variable LANGUAGES: what people may choose, by its code, such as `en fr de`. Left empty: every language there is. */
export const Languages = z
  .string()
  .default("")
  .transform((words) => words.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.enum(locales, `LANGUAGES takes the codes ${locales.join(", ")}`)))
  .transform((chosen): readonly Locale[] =>
    chosen.length === 0 ? locales : locales.filter((each) => chosen.includes(each)),
  );

/** The wished one where it is offered, else the one for anyone who has chosen none. */
export function offeredLocale(offered: readonly Locale[], wished: unknown): Locale {
  const [first = DEFAULT_LOCALE] = offered;
  const found = (locale: unknown) => offered.find((each) => each === locale);
  return found(wished) ?? found(DEFAULT_LOCALE) ?? first;
}
