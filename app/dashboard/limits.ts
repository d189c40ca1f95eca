export const ACTIVITY_DAYS = 30;
export const ACTIVITY_KEPT_DAYS = 190;
export const RECENT_ENTRIES = 8;
