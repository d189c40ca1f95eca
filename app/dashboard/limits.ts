export const ACTIVITY_DAYS = 30;
/** The figures compare this many days with as many before. */
export const COMPARED_DAYS = 30;
export const PLOT_DAYS = [7, 30, 90] as const;
export const ACTIVITY_KEPT_DAYS = 190;
export const RECENT_ENTRIES = 8;
