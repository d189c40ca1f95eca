/** Changes of every kind together that one person makes, far more than anybody clicks. */
export const CHANGES_PER_MINUTE = 120;
/** Links of mails that are followed from one network. */
export const LINKS_PER_MINUTE = 120;
export const UPLOADS_PER_MINUTE = 60;
