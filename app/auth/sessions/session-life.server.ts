import { type SQL, sql } from "drizzle-orm";
import { SESSION_MAXIMUM_DAYS } from "../limits.ts";

/** SQL over `session`: it was used within its days, and its end has not come, which no use puts off (ASVS 5.0, 7.3). */
export function isAlive(now: Date): SQL {
  return sql`(session.expires_at > ${now.getTime()} and session.created_at > ${oldestBegin(now)})`;
}

/** The opposite, said so that an index finds them. */
export function isOver(now: Date): SQL {
  return sql`(session.expires_at <= ${now.getTime()} or session.created_at <= ${oldestBegin(now)})`;
}

function oldestBegin(now: Date): number {
  return now.getTime() - SESSION_MAXIMUM_DAYS * 86_400_000;
}
