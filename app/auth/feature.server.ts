import { lt, lte, sql } from "drizzle-orm";
import { authenticator, backupCode, passkey, rememberedDevice } from "#app/db/schema/factors.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { member } from "#app/db/schema/organizations.ts";
import {
  account,
  failedAttempt,
  knownDevice,
  session,
  signInCode,
  signUp,
  verification,
} from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { ServerFeature, Turn } from "#app/tenancy/feature.server.ts";
import { forgetOldAttempts } from "./failed-attempts.server.ts";
import { KNOWN_DEVICE_DAYS, SIGN_UPS_KEPT_DAYS } from "./limits.ts";
import { isOver } from "./sessions/session-life.server.ts";

export const authOnServer = {
  exported: {
    signInMethods: { table: account, byId: [account.userId] },
    passkeys: { table: passkey, byId: [passkey.userId] },
    authenticatorApps: { table: authenticator, byId: [authenticator.userId] },
    backupCodes: { table: backupCode, byId: [backupCode.userId] },
    rememberedDevices: { table: rememberedDevice, byId: [rememberedDevice.userId] },
    sessions: { table: session, byId: [session.userId] },
    knownDevices: { table: knownDevice, byId: [knownDevice.userId] },
    failedAttempts: { table: failedAttempt, byId: [failedAttempt.userId] },
    signUps: { table: signUp, byEmail: [signUp.email] },
  },
  steps: {
    factor: sql`exists (select 1 from ${authenticator} where ${authenticator.userId} = ${member.userId})
      or exists (select 1 from ${passkey} where ${passkey.userId} = ${member.userId})`,
  },
  scheduled: { "forget what is over": forgetWhatIsOver },
} satisfies ServerFeature;

async function forgetWhatIsOver({ db, now }: Turn) {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  await db.batch([
    db.delete(rateLimit).where(lte(rateLimit.resetAt, now)),
    db.delete(session).where(isOver(now)),
    db.delete(rememberedDevice).where(lte(rememberedDevice.expiresAt, now)),
    db.delete(signInCode).where(lte(signInCode.expiresAt, now)),
    db.delete(verification).where(lte(verification.expiresAt, now)),
    db.delete(signUp).where(lt(signUp.expiresAt, daysAgo(SIGN_UPS_KEPT_DAYS))),
    db.delete(knownDevice).where(lt(knownDevice.lastSeenAt, daysAgo(KNOWN_DEVICE_DAYS))),
    forgetOldAttempts(db, now),
  ]);
}
