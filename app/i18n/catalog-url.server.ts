import type { Locale } from "./locale.ts";

declare global {
  interface ImportMetaEnv {
    readonly CATALOG_URLS: Partial<Record<string, string>> | undefined;
  }
}

// Filled in by the build (`catalogs-plugin.ts`); development and tests have none.
const urls: Partial<Record<string, string>> | undefined = import.meta.env.CATALOG_URLS;

/** Where the browser finds the messages of a language, for a `modulepreload`; null in development. */
export function catalogUrl(locale: Locale): string | null {
  return urls?.[locale] ?? null;
}
