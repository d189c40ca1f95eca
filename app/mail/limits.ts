/** To one address, for each group of mails that is counted separately (`outbox.server.ts`). */
export const UNASKED_MAILS_PER_DAY = 10;
