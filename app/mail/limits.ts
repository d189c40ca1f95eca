/** To one address, of each kind that is counted by itself (`outbox.server.ts`). */
export const UNASKED_MAILS_PER_DAY = 10;
