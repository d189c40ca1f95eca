import { type SQL, sql } from "drizzle-orm";
import { SESSION_MAXIMUM_DAYS } from "../limits.ts";

const DAY_MS = 86_400_000;

/** SQL over `session`: it was used within its days, and its end has not come, which no use puts off (ASVS 5.0, 7.3). */
export function isAlive(now: Date): SQL {
  return isAliveAt(now.getTime());
}

/** `now` in milliseconds, or where they are bound. */
export function isAliveAt(now: number | SQL): SQL {
  return sql`(session.expires_at > ${now} and session.created_at > ${now} - ${SESSION_MAXIMUM_DAYS * DAY_MS})`;
}

/** The opposite, said so that an index finds them. */
export function isOver(now: Date): SQL {
  return sql`(session.expires_at <= ${now.getTime()} or session.created_at <= ${now.getTime() - SESSION_MAXIMUM_DAYS * DAY_MS})`;
}
