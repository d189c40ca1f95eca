/** For one person, of one type from one organization. Less than `KEPT_PER_PERSON`, so a flood does not push out all others. */
export const NEWS_PER_DAY = 100;
