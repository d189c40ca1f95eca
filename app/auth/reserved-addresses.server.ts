import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { emailChange } from "#app/db/schema/people.ts";

/** SQL that is true if someone other than `by` gave the address up and can still take it back: until then nobody else gets it. */
export function isReserved(email: SQL, now: Date, by: SQL = sql`null`): SQL {
  return sql`exists (select 1 from email_change as held where held.old_email = ${email}
    and held.undo_until > ${now.getTime()} and held.user_id is not ${by})`;
}

export function isOpenOf(userId: string | SQL) {
  return and(eq(emailChange.userId, userId), isNull(emailChange.changedAt));
}
