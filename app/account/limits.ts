export const AVATAR_MAXIMUM = 2_000_000;
export const EMAIL_LINK_MINUTES = 30;
export const EMAIL_UNDO_HOURS = 72;
export const EMAIL_CHANGES_PER_MINUTE = 3;
export const EMAIL_CHANGES_PER_DAY = 10;
