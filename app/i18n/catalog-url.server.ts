import type { CatalogPart } from "./catalog-parts.ts";
import { type Locale, languageTag } from "./locale.ts";

declare global {
  interface ImportMetaEnv {
    /** By language and part: `ar everybody`. */
    readonly CATALOG_URLS: Partial<Record<string, string>> | undefined;
  }
}

// Filled in by the build (`catalogs-plugin.ts`); development and tests have none.
const urls: Partial<Record<string, string>> | undefined = import.meta.env.CATALOG_URLS;

/** Where the browser finds a part of the messages of a language, for a `modulepreload`; null in development. */
export function catalogUrl(locale: Locale, part: CatalogPart): string | null {
  return urls?.[`${languageTag(locale)} ${part}`] ?? null;
}
