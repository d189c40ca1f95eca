/** Counts living keys: neither revoked nor expired. */
export const KEYS_PER_ORGANIZATION = 50;
export const KEY_NAME_MAXIMUM = 64;
/** How many days a key can live; forms propose the first. */
export const KEY_DAYS = [90, 30, 365] as const;
export const FORMER_KEY_HOURS = 24;
export const KEY_WARNING_DAYS = 7;
export const KEYS_MADE_PER_DAY = 60;
export const DEAD_KEYS_SHOWN = 20;
