export const UNASKED_MAILS_PER_DAY = 10;
