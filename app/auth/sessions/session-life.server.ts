import { type SQL, sql } from "drizzle-orm";
import { DAY_MS } from "#app/durations.server.ts";
import { SESSION_MAXIMUM_DAYS } from "../limits.ts";

/** SQL over `session` that is true if it was used recently and is below its maximum age, which no use extends (ASVS 5.0, 7.3). */
export function isAlive(now: Date): SQL {
  return isAliveAt(now.getTime());
}

/** `now` is in milliseconds, or SQL for them. */
export function isAliveAt(now: number | SQL): SQL {
  return sql`(session.expires_at > ${now} and session.created_at > ${now} - ${SESSION_MAXIMUM_DAYS * DAY_MS})`;
}

/** The opposite of `isAlive`, written so that an index can be used. */
export function isOver(now: Date): SQL {
  return sql`(session.expires_at <= ${now.getTime()} or session.created_at <= ${now.getTime() - SESSION_MAXIMUM_DAYS * DAY_MS})`;
}
