import { env } from "cloudflare:test";
import { eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail } from "#app/db/schema/mail.ts";
import { session, signUp, verification } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import { aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { runSchedule } from "./schedule.ts";

const db = testDatabase();

test("the schedule sends waiting mails and deletes expired sessions, limits, verifications and sign-ups", async () => {
  const person = await aPerson(db);
  await aSession(db, person, { expiresAt: new Date(1) });
  await aSession(db, person, { createdAt: new Date(Date.now() - 30 * DAY_MS) });
  const live = await aSession(db, person);
  const key = crypto.randomUUID();
  await db.insert(rateLimit).values({ key, count: 1, resetAt: new Date(1) });
  await db.insert(verification).values({ id: key, identifier: key, value: person.id, expiresAt: new Date(1) });
  await signUpThatEnded(`${key}-long-ago`, 8);
  await signUpThatEnded(`${key}-yesterday`, 1);
  const id = crypto.randomUUID();
  const data = { url: "https://app.test/verify-email?token=t", minutes: 30 };
  await mailStatement(db, { id, recipient: person.email, locale: "en", template: "verify-email", data });

  await runSchedule(env);

  const sessions = await db.select({ id: session.id }).from(session).where(eq(session.userId, person.id));
  expect(sessions).toEqual([{ id: live.id }]);
  expect(await db.select().from(rateLimit).where(eq(rateLimit.key, key))).toEqual([]);
  expect(await db.$count(verification, eq(verification.id, key))).toBe(0);
  const signUps = await db
    .select({ id: signUp.tokenHash })
    .from(signUp)
    .where(like(signUp.tokenHash, `${key}%`));
  expect(signUps, "an expired link still offers a new one").toEqual([{ id: `${key}-yesterday` }]);
  expect(await db.select({ status: mail.status }).from(mail).where(eq(mail.id, id))).toEqual([{ status: "sent" }]);
});

async function signUpThatEnded(tokenHash: string, daysAgo: number) {
  const expiresAt = new Date(Date.now() - daysAgo * DAY_MS);
  const email = `${tokenHash}@person.test`;
  await db.insert(signUp).values({ id: tokenHash, tokenHash, email, name: "Ada", passwordHash: "none", expiresAt });
}
