import { and, eq, type SQL, sql } from "drizzle-orm";
import { session } from "#app/db/schema/people.ts";
import type { Grant } from "#app/request/grant.server.ts";
import { digest, newToken } from "#app/request/tokens.server.ts";
import type { Identity } from "./identity.server.ts";
import { isAlive } from "./session-life.server.ts";

type Proving = Pick<Grant<"public">, "db" | "now" | "signIns"> & { viewer: Identity };

type Change = {
  /** Left out: as many as before. */
  factors?: 2;
  /** SQL that is true when it is done. */
  when: SQL;
};

/** For the end of a batch in which the person proves who they are: the session is fresh, under a new token. */
export function proven(grant: Proving, { factors, when }: Change) {
  return renewed(grant, { when, values: { provenAt: grant.now, ...(factors && { factors }) } });
}

/** For the end of a batch that changes how the person signs in: a new token, and no fresher than before. */
export function withNewToken(grant: Proving, { factors, when }: Change) {
  return renewed(grant, { when, values: { ...(factors && { factors }) } });
}

/**
 * The one place where a session of somebody signed in becomes more than it was, which a test over the sources holds. It gets a
 * new token, and the one before opens nothing any more wherever a copy of it lies (ASVS 5.0, 7.2.4).
 */
function renewed(
  { db, now, viewer, signIns }: Proving,
  { when, values }: { when: SQL; values: { provenAt?: Date; factors?: 2 } },
) {
  const before = viewer.sessionToken;
  const token = newToken();
  return {
    statement: db
      .update(session)
      .set({ ...values, token, replaces: replacedBy(before) })
      .where(and(eq(session.token, before), isAlive(now), when))
      .returning(),
    /** Gives the browser the new token, when the rows of the statement say that it counts. */
    async keep([kept]: readonly (typeof session.$inferSelect)[]): Promise<boolean> {
      if (kept === undefined) return false;
      await signIns().keep(kept, viewer);
      // Whatever else this request reads, such as the page after a form without scripts, reads as the session that there is.
      viewer.sessionToken = token;
      return true;
    },
  };
}

/** What a session keeps of the token that it took the place of. */
export function replacedBy(token: string): string {
  return digest(`session:${token}`);
}

/** Whether a session has taken the place of the one with this token: a request that was on its way meanwhile brings it. */
export function isReplaced(token: string, now: Date): SQL {
  return sql`exists (select 1 from session where session.replaces = ${replacedBy(token)} and ${isAlive(now)})`;
}
