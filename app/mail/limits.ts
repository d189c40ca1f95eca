/** To one address, for each group of mails that is counted separately (`outbox.server.ts`). */
export const UNASKED_MAILS_PER_DAY = 10;
/** Minutes to wait after each failed attempt. After the last pause there is one more attempt. */
export const RETRY_PAUSES_MINUTES = [1, 5, 30, 120, 720] as const;
export const MAIL_ATTEMPTS = RETRY_PAUSES_MINUTES.length + 1;
export const MAILS_KEPT_DAYS = 30;
