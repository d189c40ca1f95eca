import { type Locale, languageTag } from "./locale.ts";
import * as every from "./paraglide/messages/_index.js";

/** Loads the texts of a language. The Worker keeps them from then on; in tests, every language is already loaded. */
export async function loadLanguage(locale: Locale): Promise<void> {
  const { loadLanguage: load } = every as { loadLanguage?: (tag: string) => Promise<void> };
  await load?.(languageTag(locale));
}
