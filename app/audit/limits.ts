export const ENTRIES_PER_PAGE = 50;
/** Of those that fit a filter; the log itself keeps its number. */
export const ENTRIES_COUNTED = 1_000;
export const ACTORS_OFFERED = 100;
export const ENTRIES_PER_CHUNK = 5_000;
export const OWN_ENTRIES_SHOWN = 10;
/** An entry is sealed right after the answer, or by the schedule; after this long something is wrong. */
export const UNSEALED_LIMIT_MINUTES = 10;
