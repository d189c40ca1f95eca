import { catalogParts } from "./catalog-parts.ts";
import type { CatalogPlace } from "./catalog-places.ts";
import { type Locale, languageTag } from "./locale.ts";

declare global {
  interface ImportMetaEnv {
    readonly CATALOG_URLS: Partial<Record<string, string>> | undefined;
  }
}

// Filled in by the build (`catalogs-plugin.ts`). In development, each part is compiled when it is requested.
const urls: Partial<Record<string, string>> | undefined = import.meta.env.CATALOG_URLS;

export function catalogPlaces(locale: Locale): CatalogPlace[] {
  const tag = languageTag(locale);
  return catalogParts.map((part) => ({
    part,
    url: urls?.[`${tag} ${part}`] ?? `/app/i18n/paraglide/messages/${tag}.js?${part}`,
  }));
}
