import { env } from "cloudflare:test";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mail, rateLimit, session } from "#app/db/schema.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import { aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import type { Env } from "./environment.ts";
import { runSchedule } from "./schedule.ts";

const db = testDatabase();

test("the schedule sends what waits and forgets what is over", async () => {
  const person = await aPerson(db);
  const [over, live] = await Promise.all([aSession(db, person, { expiresAt: new Date(1) }), aSession(db, person)]);
  const key = crypto.randomUUID();
  await db.insert(rateLimit).values({ key, count: 1, resetAt: new Date(1) });
  const id = crypto.randomUUID();
  const data = { url: "https://tenantry.test/verify-email?token=t", minutes: 30 };
  await mailStatement(db, { id, recipient: person.email, locale: "en", template: "verify-email", data });

  await runSchedule(env as unknown as Env);

  const sessions = await db.select({ id: session.id }).from(session).where(eq(session.userId, person.id));
  expect(sessions).toEqual([{ id: live.id }]);
  expect(sessions).not.toContainEqual({ id: over.id });
  expect(await db.select().from(rateLimit).where(eq(rateLimit.key, key))).toEqual([]);
  expect(await db.select({ status: mail.status }).from(mail).where(eq(mail.id, id))).toEqual([{ status: "sent" }]);
});
