import { and, eq, sql } from "drizzle-orm";
import { authenticator } from "#app/db/schema/factors.ts";
import { session } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/request/grant.server.ts";
import { answer, type Plan, plan } from "#app/request/plan.ts";
import { spending } from "./authenticator.server.ts";
import type { SecondStep } from "./factor-schemas.ts";
import { noteFailedAttempt } from "./failed-attempts.server.ts";
import { proven } from "./proofs.server.ts";
import { isAlive } from "./session-life.server.ts";

/** Whether the browser's session waits for its second factor. */
export function isHalfSignedIn({ db, viewer, now }: Scope<"public">): Plan<boolean> {
  if (viewer === null) return answer(false);
  const half = db
    .select({ id: session.id })
    .from(session)
    .innerJoin(authenticator, eq(authenticator.userId, session.userId))
    .where(and(isHalf(viewer.sessionToken, now)));
  return plan({ half }, (rows) => rows.half.length > 0);
}

/** Gives the session its second factor. A code opens one session, also when it is sent by two at once. */
export async function takeSecondStep(grant: Grant<"public">, { code }: SecondStep) {
  const { db, viewer, now } = grant;
  if (viewer === null) return { ok: false, reason: "signed-out" } as const;
  const { sessionToken } = viewer;
  const [[kept]] = await grant.commit([
    db
      .select({ id: authenticator.id, userId: authenticator.userId, lastStep: authenticator.lastStep })
      .from(authenticator)
      .innerJoin(session, eq(session.userId, authenticator.userId))
      .where(isHalf(sessionToken, now)),
  ]);
  if (kept === undefined) return { ok: false, reason: "signed-out" } as const;
  const spent = spending(grant, kept, code);
  if (spent === null) return wrongCode(grant, kept.userId);
  const proof = proven({ ...grant, viewer }, { factors: 2, when: sql`${session.factors} = 1 and changes() = 1` });
  const [, opened] = await grant.commit([spent, proof.statement]);
  return (await proof.keep(opened)) ? ({ ok: true } as const) : wrongCode(grant, kept.userId);
}

/** Whoever is here has the password already. */
function wrongCode(grant: Grant<"public">, userId: string) {
  noteFailedAttempt(grant, { person: sql`select ${userId}`, method: "code" });
  return { ok: false, reason: "wrong-code" } as const;
}

function isHalf(sessionToken: string, now: Date) {
  return and(eq(session.token, sessionToken), isAlive(now), eq(session.factors, 1));
}
