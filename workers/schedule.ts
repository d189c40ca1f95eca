import { lt, lte } from "drizzle-orm";
import { createDatabase } from "#app/db/client.server.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { session, signUp, verification } from "#app/db/schema/people.ts";
import { sweepImages } from "#app/gallery/sweep.server.ts";
import { deliverDueMail } from "#app/mail/outbox.server.ts";
import { type Env, variablesOf } from "./environment.ts";
import { storageOf, transportOf } from "./services.ts";

const SIGN_UPS_KEPT_MS = 7 * 86_400_000;

/** Every five minutes: mails that are due, rows whose time is over, and objects without a row. */
export async function runSchedule(env: Env, now = new Date()) {
  const variables = variablesOf(env);
  const db = createDatabase({ url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN });
  await db.batch([
    db.delete(rateLimit).where(lte(rateLimit.resetAt, now)),
    db.delete(session).where(lte(session.expiresAt, now)),
    db.delete(verification).where(lte(verification.expiresAt, now)),
    db.delete(signUp).where(lt(signUp.expiresAt, new Date(now.getTime() - SIGN_UPS_KEPT_MS))),
  ]);
  await deliverDueMail({ db, transport: transportOf(variables, db), now });
  const { removed, missing } = await sweepImages({ db, storage: storageOf(env, variables), now });
  if (removed > 0) console.warn(JSON.stringify({ level: "warn", sweep: "files without a row", removed }));
  if (missing.length > 0) console.warn(JSON.stringify({ level: "warn", sweep: "images without a file", missing }));
}
