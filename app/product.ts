import type { Locale } from "#app/i18n/locale.ts";

/** What the product is called; nothing else says it. */
export const PRODUCT_NAME = "Tenantry";

/** The name in cookies, files and addresses: small letters, digits and hyphens. */
export const PRODUCT_SLUG = "tenantry";

/** What buttons and links of mails are drawn in, light and dark; pages go by product.css. */
export const PRODUCT_COLOR = "#0e6262";
export const PRODUCT_COLOR_DARK = "#6ed7d3";

/** Of pages and mails for anyone who has chosen no language, and whose browser names none that is here. */
export const DEFAULT_LOCALE: Locale = "en";
