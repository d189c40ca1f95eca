import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { emailChange } from "#app/db/schema/people.ts";

/** An address that was given up and may still be taken back: until then nobody else gets it. */
export function isHeld(email: SQL, now: Date, by: SQL = sql`null`): SQL {
  return sql`exists (select 1 from email_change as held where held.old_email = ${email}
    and held.undo_until > ${now.getTime()} and held.user_id is not ${by})`;
}

export function isOpenOf(userId: string | SQL) {
  return and(eq(emailChange.userId, userId), isNull(emailChange.changedAt));
}
