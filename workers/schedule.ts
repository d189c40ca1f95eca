import { and, lt, lte, sql } from "drizzle-orm";
import { avatarFiles } from "#app/account/avatars.server.ts";
import { KNOWN_DEVICE_DAYS } from "#app/auth/limits.ts";
import { createDatabase } from "#app/db/client.server.ts";
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
import { within } from "#app/storage/storage.ts";
import { sweepStrays } from "#app/storage/sweep.server.ts";
import { type Env, variablesOf } from "./environment.ts";
import { storageOf, transportOf } from "./services.ts";

const SIGN_UPS_KEPT_MS = 7 * 86_400_000;
const KNOWN_DEVICE_MS = KNOWN_DEVICE_DAYS * 86_400_000;

/** Every five minutes: mails that are due, whatever's time is over, and files without a row. */
export async function runSchedule(env: Env, now = new Date()) {
  const variables = variablesOf(env);
  const db = createDatabase({ url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN });
  const storage = storageOf(env, variables);
  await db.batch([
    db.delete(rateLimit).where(lte(rateLimit.resetAt, now)),
    db.delete(session).where(lte(session.expiresAt, now)),
    db.delete(verification).where(lte(verification.expiresAt, now)),
    db.delete(signUp).where(lt(signUp.expiresAt, new Date(now.getTime() - SIGN_UPS_KEPT_MS))),
    db.delete(knownDevice).where(lt(knownDevice.lastSeenAt, new Date(now.getTime() - KNOWN_DEVICE_MS))),
    db
      .delete(emailChange)
      .where(and(lte(emailChange.expiresAt, now), lte(sql`coalesce(${emailChange.undoUntil}, 0)`, now.getTime()))),
    db.delete(formerSlug).where(lte(formerSlug.heldUntil, now)),
  ]);
  await expireInvitations({ db, now });
  await forgetOldNotifications({ db, now });
  await deliverDueMail({ db, transport: transportOf(variables, db), appUrl: variables.APP_URL, now });
  await forgetOldMail({ db, now });
  await makeSearchTexts(db);
  await emptyRemovedOrganizations({ db, storageOf: (id) => within(storage, `organizations/${id}`) });
  const { removed, stretch } = await sweepStrays({
    storage,
    owners: [imageFiles(db), logoFiles(db), avatarFiles(db)],
    now,
  });
  const lost = await findLostImages({ db, stretch, now });
  if (removed > 0) console.warn(JSON.stringify({ level: "warn", sweep: "files without a row", removed }));
  if (lost.length > 0) console.warn(JSON.stringify({ level: "warn", sweep: "images without a file", missing: lost }));
}
