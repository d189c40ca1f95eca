export const ACTIVITY_DAYS = 30;
export const RECENT_ENTRIES = 8;
