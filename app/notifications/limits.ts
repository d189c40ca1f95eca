export const NOTIFICATIONS_PER_PAGE = 20;
export const NOTIFICATIONS_IN_BELL = 8;
export const POLL_SECONDS = 60;
export const READ_KEPT_DAYS = 90;
export const KEPT_PER_PERSON = 500;
