import { type Locale, languageTag } from "./locale.ts";
import * as every from "./paraglide/messages/_index.js";

/** Texts can be said in a language after this. The Worker keeps it from then on; in tests every language is there. */
export async function loadLanguage(locale: Locale): Promise<void> {
  const { loadLanguage: load } = every as { loadLanguage?: (tag: string) => Promise<void> };
  await load?.(languageTag(locale));
}
