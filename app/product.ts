import type { Locale } from "#app/i18n/locale.ts";

/** The product's name. It is not written anywhere else. */
export const PRODUCT_NAME = "Tenantry";

/** The name in cookies, files and addresses: small letters, digits and hyphens. */
export const PRODUCT_SLUG = "tenantry";

/** The colour of buttons and links in mails, for light and dark. Pages get their colour from product.css. */
export const PRODUCT_COLOR = "#0e6262";
export const PRODUCT_COLOR_DARK = "#6ed7d3";

/** The language of pages and mails for people who have chosen none, and whose browser asks for none that is available. */
export const DEFAULT_LOCALE: Locale = "en";
