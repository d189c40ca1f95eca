export const ACTIVITY_DAYS = 30;
export const PLOT_DAYS = [7, 30, 90] as const;
export const ACTIVITY_KEPT_DAYS = 190;
export const RECENT_ENTRIES = 8;
