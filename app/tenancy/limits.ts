export const SLUG_MINIMUM = 2;
export const SLUG_MAXIMUM = 48;
export const ORGANIZATIONS_OWNED_MAXIMUM = 5;
