/** Notifications of one type, from one organization, to one person. Fewer than are kept, so that a flood hides no others. */
export const NEWS_PER_DAY = 100;
