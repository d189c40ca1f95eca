/** Of one kind, from one organization, to one person: fewer than are kept, so that a flood hides nothing else. */
export const NEWS_PER_DAY = 100;
