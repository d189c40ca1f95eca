import { and, eq, ne } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { passkey } from "#app/db/schema/factors.ts";
import { account, session } from "#app/db/schema/people.ts";
import { action as unlink } from "#app/routes/settings/security.account-remove.ts";
import { action as removePasskey } from "#app/routes/settings/security.passkey-remove.ts";
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

test("removing a way to sign in ends only the sessions that it opened, and never the current one", async () => {
  const person = await aPerson(db);
  const [google] = [await linkedTo(person, "google"), await linkedTo(person, "github")];
  const keys = ["Lost phone", "Laptop"].map((name) => ({
    ...{ id: crypto.randomUUID(), userId: person.id, name, credentialId: crypto.randomUUID() },
    ...{ publicKey: "x", counter: 0, transports: [] },
  }));
  await db.insert(passkey).values(keys);
  const ways = { google: "google", github: "github", passkey: "passkey", password: "password" } as const;
  for (const method of Object.values(ways)) await aSession(db, person, { method, factors: 2 });
  const own = await aSession(db, person, { method: "passkey", factors: 2 });
  const left = async () => {
    const rows = await db
      .select()
      .from(session)
      .where(and(eq(session.userId, person.id), ne(session.id, own.id)));
    return rows.map(({ method }) => method).sort();
  };
  const take = (action: Parameters<typeof ask>[0], at: { url: string; params: Record<string, string> }) =>
    cookiesOf(own).then((cookie) => ask(action, { ...at, cookie, form: {} }));
  const [lost] = keys;
  await take(removePasskey, {
    url: `/settings/security/passkeys/${lost?.id}/remove`,
    params: { passkey: lost?.id ?? "" },
  });
  expect(await left()).toEqual(["github", "google", "password"]);
  await take(unlink, { url: `/settings/security/accounts/${google}/remove`, params: { account: google } });
  expect(await left()).toEqual(["github", "password"]);
  expect(await db.$count(session, eq(session.id, own.id))).toBe(1);
});

test("a person with a password can unlink their last account, but not an account of another person", async () => {
  const person = await withPassword(db, await aPerson(db), "seven quiet herons");
  const stranger = await aPerson(db);
  const [own, foreign] = [await linkedTo(person, "google"), await linkedTo(stranger, "google")];
  expect((await ended(person, foreign)).status).toBe(303);
  expect((await ended(stranger, foreign)).left).toEqual([foreign]);
  const { status, left } = await ended(person, own);
  expect([status, left.includes(own)]).toEqual([303, false]);
});

test("of several ways to sign in that are removed at the same time, the last one stays, whichever it is", async () => {
  const person = await aPerson(db);
  const accounts = await Promise.all(["google", "github"].map((provider) => linkedTo(person, provider)));
  const passkeys = ["Phone", "Laptop"].map((name) => ({
    ...{ id: crypto.randomUUID(), userId: person.id, name, credentialId: crypto.randomUUID() },
    ...{ publicKey: "x", counter: 0, transports: [] },
  }));
  await db.insert(passkey).values(passkeys);
  const removals = await Promise.all([
    ...accounts.map((id) => ended(person, id)),
    ...passkeys.map(async ({ id }) => {
      const cookie = await cookiesOf(await aSession(db, person));
      const url = `/settings/security/passkeys/${id}/remove`;
      return ask(removePasskey, { url, params: { passkey: id }, cookie, form: {} });
    }),
  ]);
  expect(removals.map(({ status }) => status).sort()).toEqual([303, 303, 303, 409]);
  const left = [
    await db.$count(account, eq(account.userId, person.id)),
    await db.$count(passkey, eq(passkey.userId, person.id)),
  ];
  expect(left.toSorted()).toEqual([0, 1]);
});

test("a passkey that is the only way to sign in stays, and otherwise removing it twice succeeds", async () => {
  const removed = async (person: Person) => {
    const cookie = await cookiesOf(await aSession(db, person));
    const [key] = await db
      .insert(passkey)
      .values({
        ...{ id: crypto.randomUUID(), userId: person.id, name: "Phone", credentialId: crypto.randomUUID() },
        ...{ publicKey: "x", counter: 0, transports: [] },
      })
      .returning();
    const [id = "", statuses] = [key?.id, [] as number[]];
    const url = `/settings/security/passkeys/${id}/remove`;
    for (let press = 0; press < 2; press += 1)
      statuses.push((await ask(removePasskey, { url, params: { passkey: id }, cookie, form: {} })).status);
    return statuses;
  };
  expect(await removed(await aPerson(db))).toEqual([409, 409]);
  expect(await removed(await withPassword(db, await aPerson(db), "seven quiet herons"))).toEqual([303, 303]);
});
