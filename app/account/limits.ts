/** Bytes. */
export const AVATAR_MAXIMUM = 2_000_000;
export const EMAIL_LINK_MINUTES = 30;
/** How long the old address can take a change of it back. */
export const EMAIL_UNDO_HOURS = 72;
/** To one address, whoever asks. */
export const EMAIL_CHANGES_PER_MINUTE = 3;
export const EMAIL_CHANGES_PER_DAY = 10;
