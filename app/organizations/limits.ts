export const ORGANIZATION_NAME_MINIMUM = 2;
export const ORGANIZATION_NAME_MAXIMUM = 64;
export const SLUG_MINIMUM = 2;
export const SLUG_MAXIMUM = 48;
export const ORGANIZATIONS_OWNED_MAXIMUM = 5;
/** Bytes. */
export const LOGO_MAXIMUM = 2_000_000;
