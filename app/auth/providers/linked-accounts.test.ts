import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { account } from "#app/db/schema/people.ts";
import { action as unlink } from "#app/routes/settings/security.account-remove.ts";
import { aPerson, aSession, type Person, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";

const db = testDatabase();

async function linkedTo({ id: userId }: Person, providerId: string) {
  const id = crypto.randomUUID();
  await db.insert(account).values({ id, userId, providerId, accountId: id });
  return id;
}

async function ended(person: Person, id: string) {
  const cookie = await cookiesOf(await aSession(db, person));
  const url = `/settings/security/accounts/${id}/remove`;
  const { status } = await ask(unlink, { url, params: { account: id }, cookie, form: {} });
  const left = await db.select({ id: account.id }).from(account).where(eq(account.userId, person.id));
  return { status, left: left.map((each) => each.id) };
}

test("an account elsewhere is unlinked while another one is left to sign in with, and the last one stays", async () => {
  const person = await aPerson(db);
  const [first, second] = [await linkedTo(person, "google"), await linkedTo(person, "github")];
  expect(await ended(person, first)).toEqual({ status: 303, left: [second] });
  expect(await ended(person, second)).toEqual({ status: 409, left: [second] });
  const entries = db
    .select({ target: auditEntry.targetId })
    .from(auditEntry)
    .where(eq(auditEntry.action, "account.unlinked"));
  expect((await entries).filter(({ target }) => target === first || target === second)).toEqual([{ target: first }]);
});

test("a password is a way to sign in as well, and what is another person's is no way", async () => {
  const person = await withPassword(db, await aPerson(db), "seven quiet herons");
  const stranger = await aPerson(db);
  const [own, foreign] = [await linkedTo(person, "google"), await linkedTo(stranger, "google")];
  expect((await ended(person, foreign)).status).toBe(303);
  expect((await ended(stranger, foreign)).left).toEqual([foreign]);
  const { status, left } = await ended(person, own);
  expect([status, left.includes(own)]).toEqual([303, false]);
});
