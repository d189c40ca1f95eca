export const ENTRIES_PER_PAGE = 50;
/** Of those that fit a filter; the log itself keeps its number. */
export const ENTRIES_COUNTED = 1_000;
export const ACTORS_OFFERED = 100;
export const ENTRIES_PER_CHUNK = 5_000;
export const OWN_ENTRIES_SHOWN = 10;
/** An entry is sealed right after the answer, or by the schedule; after this long something is wrong. */
export const UNSEALED_LIMIT_MINUTES = 10;
/** Of what a browser says of itself, in characters. */
export const USER_AGENT_KEPT = 300;
/** Checked in one request, about 50 ms of work. */
export const ENTRIES_PER_CHECK = 1_000;
/** Requests that follow each other by themselves; browsers go along with 20 redirects (Fetch, "HTTP-redirect fetch"). */
export const CHECKS_IN_A_ROW = 15;
/** A check that nobody went on with for this long begins anew: what it has seen may be another thing by now. */
export const CHECK_MINUTES = 30;
