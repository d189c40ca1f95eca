import { and, eq, type SQL, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { session } from "#app/db/schema/people.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import type { Statement } from "#app/operation/plan.ts";
import { digest, newToken } from "#app/tokens.server.ts";
import type { Identity } from "./identity.server.ts";
import { isAlive } from "./session-life.server.ts";

type Proving = Pick<Grant<"public">, "now" | "signIns"> & { viewer: Identity };

type Entry = Pick<Writer, "unsafe" | "isWritten">;

type Factors = { factors?: 2 };

type Proof = Factors & {
  /** The proof counts only if this statement changes a row. */
  spends?: (entry: Entry) => Statement;
  where?: SQL;
  /** Runs after the session is renewed, when the old token no longer works. `isProven` is true if all conditions were met. */
  follows?: (entry: Entry, isProven: SQL) => Statement;
};

/** Makes the session fresh, under a new token, after the person has proved who they are. False if the proof does not count. */
export async function prove(
  grant: (Grant<"public"> | Grant<"self">) & { viewer: Identity },
  { spends, where, follows, ...factors }: Proof = {},
): Promise<boolean> {
  const session = renewSession(grant, { provenAt: grant.now, ...factors });
  const { made } = await change(grant, {
    unlogged: "A proof only changes what the session gives access to.",
    ...(where && { where }),
    makes: (entry) => ({
      ...(spends && { spent: spends(entry) }),
      session: session.on(entry, ...(spends ? [sql`changes() = 1`] : [])),
      ...(follows && { followed: follows(entry, sql`changes() = 1`) }),
    }),
  });
  return session.keep(made.session);
}

export function withNewToken(grant: Proving, factors: Factors = {}) {
  return renewSession(grant, factors);
}

/** Sessions gain rights only here; a test ensures it. The session gets a new token, and the old one ends (ASVS 5.0, 7.2.4). */
function renewSession({ now, viewer, signIns }: Proving, values: { provenAt?: Date; factors?: 2 }) {
  const before = viewer.sessionToken;
  const token = newToken();
  return {
    /** Statements after this one in the change run for a token that no longer exists. */
    on(entry: Entry, ...conditions: SQL[]) {
      const { db, when } = entry.unsafe("A session that waits for its second factor signs nobody in yet.");
      return db
        .update(session)
        .set({ ...values, token, replaces: replacedBy(before) })
        .where(and(eq(session.token, before), isAlive(now), ...conditions, when))
        .returning();
    },
    async keep([kept]: readonly (typeof session.$inferSelect)[]): Promise<boolean> {
      if (kept === undefined) return false;
      await signIns().keep(kept, viewer);
      // Later reads of this request, such as the page after a form without scripts, use the new session.
      viewer.sessionToken = token;
      return true;
    },
  };
}

export function replacedBy(token: string): string {
  return digest(`session:${token}`);
}

/** SQL that is true if a live session has replaced the one with this token. Requests on their way still have the old token. */
export function isReplaced(token: string, now: Date): SQL {
  return sql`exists (select 1 from session where session.replaces = ${replacedBy(token)} and ${isAlive(now)})`;
}
