import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "./limits.ts";

/** SQL that is true for a person who owns fewer organizations than the maximum. */
export function mayOwnOneMore(userId: string | SQLWrapper): SQL {
  return sql`((select count(*) from member as owned where owned.user_id = ${userId} and owned.role = 'owner')
    < ${ORGANIZATIONS_OWNED_MAXIMUM})`;
}
