/** The plot reaches back this far, and a member who was here within them is active. */
export const ACTIVITY_DAYS = 30;
export const RECENT_ENTRIES = 8;
