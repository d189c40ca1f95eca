export const ENTRIES_PER_PAGE = 50;
/** Entries that match a filter are counted up to this number; the log itself stores its total. */
export const ENTRIES_COUNTED = 1_000;
export const ACTORS_OFFERED = 100;
export const ENTRIES_PER_CHUNK = 5_000;
export const OWN_ENTRIES_SHOWN = 10;
/** An entry is sealed right after the response or by the schedule. If it is not sealed after this long, something is wrong. */
export const UNSEALED_LIMIT_MINUTES = 10;
/** How much of the User-Agent header is kept, in characters. */
export const USER_AGENT_KEPT = 300;
/** The number of entries checked in one request: about 50 ms of work. */
export const ENTRIES_PER_CHECK = 1_000;
/** Requests that follow each other automatically. Browsers follow 20 redirects (Fetch, "HTTP-redirect fetch"). */
export const CHECKS_IN_A_ROW = 15;
/** A check that began longer ago starts again, because the entries it has seen may have been changed since. */
export const CHECK_MINUTES = 30;
