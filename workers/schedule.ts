import { and, lt, lte, not, sql } from "drizzle-orm";
import { avatarFiles } from "#app/account/avatars.server.ts";
import { CHAIN_ENDS_PREFIX, copyChainEnds } from "#app/audit/chain-ends.server.ts";
import { sealAllEntries } from "#app/audit/seals.server.ts";
import { forgetOldAttempts } from "#app/auth/failed-attempts.server.ts";
import { KNOWN_DEVICE_DAYS } from "#app/auth/limits.ts";
import { isAlive } from "#app/auth/sessions/session-life.server.ts";
import { createDatabase, type Database } from "#app/db/client.server.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { formerSlug } from "#app/db/schema/organizations.ts";
import { emailChange, knownDevice, session, signUp, verification } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { findLostImages, imageFiles } from "#app/gallery/image-files.server.ts";
import { deliverDueMail, forgetOldMail } from "#app/mail/outbox.server.ts";
import { forgetOldNotifications } from "#app/notifications/retention.server.ts";
import { expireInvitations } from "#app/organizations/invitations/expiry.server.ts";
import { logoFiles } from "#app/organizations/logos.server.ts";
import { emptyRemovedOrganizations } from "#app/organizations/settings/removal.server.ts";
import { ANSWER_LIMIT_MS } from "#app/outside/outage.ts";
import { logFault } from "#app/request/faults.server.ts";
import { readinessFiles } from "#app/request/readiness.server.ts";
import { createAnsweringStorage } from "#app/storage/answering.server.ts";
import { type FileStorage, within } from "#app/storage/storage.ts";
import { sweepStrays } from "#app/storage/sweep.server.ts";
import { type Env, variablesOf } from "./environment.ts";
import { storageOf, transportOf } from "./services.ts";

const SIGN_UPS_KEPT_MS = 7 * 86_400_000;
const KNOWN_DEVICE_MS = KNOWN_DEVICE_DAYS * 86_400_000;

/**
 * Every five minutes: audit entries without a seal, mails that are due, whatever's time is over, and files without a row. What
 * fails is logged and keeps nothing else from its turn.
 */
export async function runSchedule(env: Env, now = new Date()) {
  const variables = variablesOf(env);
  const db = createDatabase({ url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN });
  const report = (error: unknown) => logFault(error, { job: "sweep" });
  const storage = createAnsweringStorage(storageOf(env, variables), { answerWithinMs: ANSWER_LIMIT_MS, report });
  const jobs: Record<string, () => Promise<unknown>> = {
    "seal audit entries": () => seal(db, now),
    "forget what is over": () => forgetWhatIsOver(db, now),
    "expire invitations": () => expireInvitations({ db, now }),
    "forget notifications": () => forgetOldNotifications({ db, now }),
    "deliver mail": () => deliverDueMail({ db, transport: transportOf(variables, db), appUrl: variables.APP_URL, now }),
    "forget mail": () => forgetOldMail({ db, now }),
    "make search texts": () => makeSearchTexts(db),
    "empty removed organizations": () =>
      emptyRemovedOrganizations({ db, storageOf: (id) => within(storage, `organizations/${id}`) }),
    "copy ends of audit chains": () => copyChainEnds({ db, storage: within(storage, CHAIN_ENDS_PREFIX), now }),
    sweep: () => sweep({ db, storage, now }),
  };
  for (const [job, run] of Object.entries(jobs)) await run().catch((error: unknown) => logFault(error, { job }));
}

async function seal(db: Database, now: Date) {
  const { overdueSince } = await sealAllEntries({ db, now });
  if (overdueSince === null) return;
  console.error(JSON.stringify({ level: "error", audit: "entries without a seal", overdueSince }));
}

async function forgetWhatIsOver(db: Database, now: Date) {
  await db.batch([
    db.delete(rateLimit).where(lte(rateLimit.resetAt, now)),
    db.delete(session).where(not(isAlive(now))),
    db.delete(verification).where(lte(verification.expiresAt, now)),
    db.delete(signUp).where(lt(signUp.expiresAt, new Date(now.getTime() - SIGN_UPS_KEPT_MS))),
    db.delete(knownDevice).where(lt(knownDevice.lastSeenAt, new Date(now.getTime() - KNOWN_DEVICE_MS))),
    db
      .delete(emailChange)
      .where(and(lte(emailChange.expiresAt, now), lte(sql`coalesce(${emailChange.undoUntil}, 0)`, now.getTime()))),
    forgetOldAttempts(db, now),
    db.delete(formerSlug).where(lte(formerSlug.heldUntil, now)),
  ]);
}

async function sweep({ db, storage, now }: { db: Database; storage: FileStorage; now: Date }) {
  const owners = [imageFiles(db), logoFiles(db), avatarFiles(db), readinessFiles];
  const { removed, stretch } = await sweepStrays({ storage, owners, now });
  const lost = await findLostImages({ db, stretch, now });
  if (removed > 0) console.warn(JSON.stringify({ level: "warn", sweep: "files without a row", removed }));
  if (lost.length > 0) console.warn(JSON.stringify({ level: "warn", sweep: "images without a file", missing: lost }));
}
