/** To one address, of mails that other people cause. */
export const UNASKED_MAILS_PER_DAY = 10;
