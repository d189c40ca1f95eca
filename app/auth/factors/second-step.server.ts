import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Writer } from "#app/change/change.server.ts";
import { authenticator, rememberedDevice } from "#app/db/schema/factors.ts";
import { session } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan, planOf } from "#app/operation/plan.ts";
import { noteFailedAttempt } from "../failed-attempts.server.ts";
import { REMEMBERED_DEVICE_DAYS } from "../limits.ts";
import type { Identity } from "../sessions/identity.server.ts";
import { prove } from "../sessions/proofs.server.ts";
import { isAlive } from "../sessions/session-life.server.ts";
import { spend } from "./authenticator.server.ts";
import type { SecondStep } from "./schemas.ts";

export function isHalfSignedIn(scope: Scope<"public">): Plan<boolean> {
  if (scope.viewer === null) return planOf(false);
  return plan({ half: halfSession(scope, scope.viewer) }, (rows) => rows.half.length > 0);
}

/** Gives the session its second factor. A code opens only one session, even if two requests send it at the same time. */
export async function takeSecondStep(grant: Grant<"public">, { code, remember }: SecondStep) {
  const { viewer } = grant;
  if (viewer === null) return { ok: false, reason: "signed-out" } as const;
  const { half, whole } = await grant.read({ half: halfSession(grant, viewer), whole: wholeSession(grant, viewer) });
  const [kept] = half;
  // Another tab of this browser has taken the step.
  if (whole.length > 0) return { ok: true } as const;
  if (kept === undefined) return { ok: false, reason: "signed-out" } as const;
  const spends = spend(grant, kept, code);
  const where = sql`exists (select 1 from ${session} where ${isHalf(viewer, grant.now)})`;
  const remembered = remember ? grant.signIns().newRemembered() : null;
  const follows = remembered && { follows: remembering(grant, kept, remembered.hash) };
  if (spends === null || !(await prove({ ...grant, viewer }, { factors: 2, spends, where, ...follows }))) {
    return wrongCode(grant, kept.userId);
  }
  remembered?.keep();
  return { ok: true } as const;
}

function remembering(grant: Grant<"public">, { id, userId }: { id: string; userId: string }, tokenHash: string) {
  const { now, deviceHash, userAgent } = grant;
  const expiresAt = now.getTime() + REMEMBERED_DEVICE_DAYS * DAY_MS;
  return (entry: Pick<Writer, "unsafe">, isProven: SQL) => {
    const { db } = entry.unsafe("A session that waits for its second factor signs nobody in yet.");
    return db.run(sql`
      insert into ${rememberedDevice} (id, user_id, authenticator_id, token_hash, device_hash, user_agent, expires_at, created_at)
      select ${grant.newId()}, ${userId}, ${id}, ${tokenHash}, ${deviceHash}, ${userAgent}, ${expiresAt}, ${now.getTime()}
      where ${isProven}`);
  };
}

function halfSession({ unsafe, now }: Pick<Grant<"public">, "unsafe" | "now">, viewer: Identity) {
  return unsafe("A session that waits for its second factor signs nobody in yet.")
    .select({ id: authenticator.id, userId: authenticator.userId, lastStep: authenticator.lastStep })
    .from(authenticator)
    .innerJoin(session, eq(session.userId, authenticator.userId))
    .where(isHalf(viewer, now));
}

function wholeSession({ unsafe, now }: Pick<Grant<"public">, "unsafe" | "now">, { sessionToken }: Identity) {
  return unsafe("The session of this browser is found by its token.")
    .select({ factors: session.factors })
    .from(session)
    .where(and(eq(session.token, sessionToken), isAlive(now), eq(session.factors, 2)));
}

/** Someone who gets here has already given the first factor. */
function wrongCode(grant: Grant<"public">, userId: string) {
  noteFailedAttempt(grant, { person: sql`select ${userId}`, method: "code" });
  return { ok: false, reason: "wrong-code" } as const;
}

function isHalf({ sessionToken }: Identity, now: Date) {
  return and(eq(session.token, sessionToken), isAlive(now), eq(session.factors, 1));
}
