export const ENDPOINTS_PER_ORGANIZATION = 20;
export const URL_MAXIMUM = 2_048;
export const DESCRIPTION_MAXIMUM = 120;
/** Seconds to wait after each failed attempt. After the last pause there is one more attempt. */
export const RETRY_PAUSES_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
export const ATTEMPTS = RETRY_PAUSES_SECONDS.length + 1;
export const ANSWER_WITHIN_SECONDS = 15;
export const BODY_MAXIMUM_BYTES = 20_000;
/** In one run: a Worker can have no more open at the same time. */
export const CONNECTIONS = 6;
/** Across concurrent runs, so that one slow receiver takes no connection from the others. */
export const CONNECTIONS_PER_ENDPOINT = 2;
export const FORMER_SECRET_HOURS = 24;
export const FAILING_DAYS = 5;
export const DELIVERIES_KEPT_DAYS = 30;
export const DELIVERIES_PER_PAGE = 20;
export const DELIVERIES_COUNTED = 1_000;
/** Deliveries of one webhook, with one press of the button. */
export const REPLAYED_AT_ONCE = 1_000;
/** Shared by all who manage the webhooks of an organization. */
export const REPLAYS_PER_HOUR = 30;
