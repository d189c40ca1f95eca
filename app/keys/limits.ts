/** Living ones: neither revoked nor expired. */
export const KEYS_PER_ORGANIZATION = 50;
export const KEY_NAME_MAXIMUM = 64;
/** How long a key may live; the first of the list is what a form proposes. */
export const KEY_DAYS = [90, 30, 365] as const;
export const FORMER_KEY_HOURS = 24;
export const KEY_WARNING_DAYS = 7;
export const KEYS_MADE_PER_DAY = 60;
export const DEAD_KEYS_SHOWN = 20;
