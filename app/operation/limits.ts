export const CHANGES_PER_MINUTE = 120;
export const LINKS_PER_MINUTE = 120;
export const UPLOADS_PER_MINUTE = 60;
