import type { CatalogPart } from "./catalog-parts.ts";
import { type Locale, languageTag } from "./locale.ts";

declare global {
  interface ImportMetaEnv {
    readonly CATALOG_URLS: Partial<Record<string, string>> | undefined;
  }
}

// Filled in by the build (`catalogs-plugin.ts`). In development, each part is compiled when it is requested.
const urls: Partial<Record<string, string>> | undefined = import.meta.env.CATALOG_URLS;

export function catalogUrl(locale: Locale, part: CatalogPart): string {
  const tag = languageTag(locale);
  return urls?.[`${tag} ${part}`] ?? `/app/i18n/paraglide/messages/${tag}.js?${part}`;
}
