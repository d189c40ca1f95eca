import { env } from "cloudflare:workers";
import { eq, getTableName, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { authenticator, backupCode, passkey, rememberedDevice } from "#app/db/schema/factors.ts";
import { mail, mailOptOut } from "#app/db/schema/mail.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { account, failedAttempt, knownDevice, session, signUp, user } from "#app/db/schema/people.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import { action as changeAvatar } from "#app/routes/settings/account.avatar.tsx";
import { action as deleteAccount, loader as deletePage } from "#app/routes/settings/delete.ts";
import { action as changeEmail } from "#app/routes/settings/email.ts";
import { loader as exportAccount } from "#app/routes/settings/export.ts";
import { aKey, anInvitation, anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { aPicture } from "#app/test/pictures.ts";
import { anEndpoint } from "#app/test/receivers.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { tables } from "#app/test/tables.ts";
import { aTeam } from "#app/test/team.ts";
import { exportSections } from "./export.server.ts";

const db = testDatabase();

/** Columns with a person's id or address, and why the export leaves them out. */
const NOT_EXPORTED: Record<string, string> = {
  "notification.actor_id": "The notifications belong to the people who received them.",
  "mailbox_message.recipient": "It only has rows in development, and the export has the mails themselves.",
  "audit_chain.id": "It only has the state of a hash chain.",
  "sign_in_code.user_id": "It only has hashes of a code that expires within minutes.",
};

test("the export has every table that names a person", () => {
  expect(tables.length).toBeGreaterThan(15);
  const exported = new Set(
    Object.values(exportSections).flatMap(({ byId = [], byEmail = [] }) =>
      [...byId, ...byEmail].map((column) => nameOf(column as SQLiteColumn)),
    ),
  );
  const naming = tables.flatMap((table) => {
    const { foreignKeys, columns } = getTableConfig(table);
    const pointing = foreignKeys.flatMap((key) => {
      const { foreignTable, columns: own } = key.reference();
      return getTableName(foreignTable) === "user" ? own : [];
    });
    // What people write into a row of a resource belongs to the organization, even if it is somebody's address.
    const isWritten = columns.some(({ name }) => name === "created_by");
    const isAddress = /^(email|recipient|actor_id)$/;
    const addressed = columns.filter(({ name }) => isAddress.test(name) && table !== user && !isWritten);
    return [...new Set([...pointing, ...addressed].map(nameOf))];
  });
  expect(naming.length).toBeGreaterThan(10);
  expect(naming.filter((name) => !exported.has(name) && !(name in NOT_EXPORTED))).toEqual([]);
});

function nameOf(column: SQLiteColumn): string {
  return `${getTableName(column.table)}.${column.name}`;
}

async function aTraceEverywhere() {
  const team = await aTeam(db);
  const { person, cookie } = team.plain;
  const userId = person.id;
  const form = new FormData();
  form.set("avatar", aPicture());
  await ask(changeAvatar, { url: "/settings/account/avatar", cookie, form });
  await ask(changeEmail, { url: "/settings/account/email", cookie, form: { email: `new-${person.email}` } });
  await db.insert(account).values({ id: crypto.randomUUID(), userId, providerId: "google", accountId: userId });
  const kept = { userId, name: "Phone", credentialId: userId, publicKey: "a secret key", counter: 0, transports: [] };
  await db.insert(passkey).values({ id: crypto.randomUUID(), ...kept });
  const app = crypto.randomUUID();
  await db.insert(authenticator).values({ id: app, userId });
  await db.insert(rememberedDevice).values({
    ...{ id: crypto.randomUUID(), userId, authenticatorId: app, tokenHash: crypto.randomUUID() },
    ...{ deviceHash: crypto.randomUUID(), expiresAt: new Date(Date.now() + 60_000) },
  });
  await db.update(session).set({ factors: 2 }).where(eq(session.userId, userId));
  await db.insert(knownDevice).values({ userId, deviceHash: crypto.randomUUID(), lastSeenAt: new Date() });
  await db.insert(mail).values({
    ...{ id: crypto.randomUUID(), recipient: person.email, locale: "en", template: "security-changed" },
    ...{ data: {}, nextAttemptAt: new Date(), sentAt: new Date() },
  });
  await db.insert(mailOptOut).values({ userId, template: "role-changed" });
  await db.update(member).set({ mutedAt: new Date() }).where(eq(member.userId, userId));
  await db.insert(backupCode).values({ userId, codeHash: "a digest" });
  const expiresAt = new Date(Date.now() + 60_000);
  await db.insert(signUp).values({
    ...{ id: crypto.randomUUID(), tokenHash: crypto.randomUUID(), email: person.email, name: "Ada" },
    ...{ passwordHash: "a hash", expiresAt },
  });
  await anInvitation(db, { organization: await anOrganization(db), email: person.email });
  await anInvitation(db, { organization: team.organization, inviterId: userId });
  await furnish(db, { organizationId: team.organization.id, userId });
  await aKey(db, { organizationId: team.organization.id, createdBy: userId });
  await anEndpoint(db, {
    ...{ organizationId: team.organization.id, createdBy: userId, url: "https://hooks.example.com/" },
    secretName: "a name of a secret",
  });
  const attempt = { userId: person.id, method: "password", network: "203.0.113.0/24", day: "2026-11-26" } as const;
  await db.insert(failedAttempt).values({ ...attempt, count: 3, lastAt: new Date() });
  return { ...team, person, cookie };
}

test("an export is one object with a list for every kind of thing, and no secret", async () => {
  const { person, cookie } = await aTraceEverywhere();
  const { status, body, headers } = await ask(exportAccount, { url: "/settings/account/export", cookie });
  expect(status).toBe(200);
  expect(headers.get("Content-Disposition")).toMatch(
    new RegExp(`^attachment; filename="${PRODUCT_SLUG}-account-[\\d-]+\\.json"$`),
  );
  const exported = body as Record<string, Record<string, unknown>[]>;
  expect(Object.keys(exported)).toEqual(["exportedAt", ...Object.keys(exportSections)]);
  const empty = Object.keys(exportSections).filter((name) => exported[name]?.length === 0);
  expect(empty).toEqual(["notifications"]);
  expect(exported.mailOptOuts).toEqual([{ userId: person.id, template: "role-changed" }]);
  expect(exported.memberships?.[0]?.mutedAt).toEqual(expect.any(String));
  expect(exported.account?.[0]).toMatchObject({ name: person.name, email: person.email });
  expect(exported.account?.[0]?.avatarUrl).toMatch(/^http.+\/files\/people\//);
  const text = JSON.stringify(exported);
  for (const secret of ["a secret key", "a name of a secret", "a digest", "a hash", "tokenHash", "passwordHash"])
    expect(text).not.toContain(secret);
  const [, cookieToken = ""] = /session_token=([^.]+)\./.exec(cookie) ?? [];
  expect(text).not.toContain(cookieToken);
});

test("the export of a former member has only the ids and times of what they made in the organization", async () => {
  const { organization: here, admin } = await aTeam(db, { name: "Secret Works" });
  const { id: organizationId } = here;
  const { id: createdBy } = admin.person;
  await furnish(db, { organizationId, userId: createdBy });
  await anEndpoint(db, { organizationId, createdBy, url: "https://hooks.acme.example/new-token" });
  const read = async () => {
    const { body } = await ask(exportAccount, { url: "/settings/account/export", cookie: admin.cookie });
    return body as Record<string, Record<string, unknown>[]>;
  };
  const before = await read();
  expect(before.webhooks?.map(({ url, organization }) => [url, organization])).toContainEqual([
    "https://hooks.acme.example/new-token",
    "Secret Works",
  ]);
  await db.delete(member).where(eq(member.id, admin.member));
  const after = await read();
  const made = Object.keys(exportSections).filter((name) => {
    const [row = {}] = before[name] ?? [];
    return "createdBy" in row && "organizationId" in row;
  });
  expect(made.length).toBeGreaterThan(2);
  for (const name of made) {
    const kept = before[name]?.map(({ id, createdAt }) => ({ id, organizationId, createdBy, createdAt }));
    const told = after[name]?.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    );
    expect(told, name).toEqual(kept);
  }
});

test("after the deletion no row and no file names the person, and the logs of organizations keep a pseudonym", async () => {
  const { person, cookie, organization: team } = await aTraceEverywhere();
  const other = await ask(deleteAccount, { url: "/settings/account/delete", cookie, form: { email: "x@y.test" } });
  expect(other.status).toBe(409);
  const { email } = person;
  const answered = await ask(deleteAccount, { url: "/settings/account/delete", cookie, form: { email } });
  expect([answered.status, answered.headers.get("Location")]).toEqual([303, "/login"]);
  expect(answered.services.trace.headers.getSetCookie().join()).toContain(".said=account_deleted;");
  expect((await Promise.all(tables.map((table) => tracesIn(table, person.email)))).flat()).toEqual([]);
  // The ids of the actor and the target stay, but no longer lead to a person.
  const ids = (await Promise.all(tables.map((table) => tracesIn(table, person.id)))).flat();
  expect(ids).toEqual(["audit_entry.actor_id", "audit_entry.target_id"]);
  expect((await env.FILES.list({ prefix: `people/${person.id}/` })).objects).toEqual([]);
  const left = await db.all<{ action: string; ip: string | null; name: string | null }>(sql`
    select action, ip_address as ip, target_name as name from audit_entry
    where organization_id = ${team.id} and actor_id = ${person.id} and action = 'member.left'`);
  expect(left).toEqual([{ action: "member.left", ip: null, name: null }]);
  expect((await ask(deletePage, { url: "/settings/account/delete", cookie })).status).toBe(302);
});

async function tracesIn(table: SQLiteTable, name: string): Promise<string[]> {
  const found = await Promise.all(
    getTableConfig(table).columns.map(async (column) => {
      const count = await db.$count(table, sql`instr(cast(${column} as text), ${name}) > 0`);
      return count > 0 ? [nameOf(column)] : [];
    }),
  );
  return found.flat();
}

test("deleting an account keeps the invitations and mails of an address that it only requested", async () => {
  const [thief, victim] = [await aPerson(db), await aPerson(db)];
  const organization = await anOrganization(db);
  await anInvitation(db, { organization, email: victim.email });
  const cookie = await cookiesOf(await aSession(db, thief));
  await ask(changeEmail, { url: "/settings/account/email", cookie, form: { email: victim.email } });
  const own = { recipient: victim.email, locale: "en", template: "security-changed", data: {} };
  await db.insert(mail).values({ id: crypto.randomUUID(), ...own });
  const { email } = thief;
  const deleted = await ask(deleteAccount, { url: "/settings/account/delete", cookie, form: { email } });
  expect(deleted.status).toBe(303);
  expect(await db.$count(invitation, eq(invitation.email, victim.email))).toBe(1);
  // The mail that the request itself sent is deleted with the person who made the request.
  expect(await db.$count(mail, eq(mail.recipient, victim.email))).toBe(1);
});

const solutions: Record<string, (organizationId: string) => Promise<unknown>> = {
  "the organization is deleted": (id) => db.delete(organization).where(eq(organization.id, id)),
  "it has another owner": async (organizationId) => {
    const { id: userId } = await aPerson(db);
    await db.insert(member).values({ id: crypto.randomUUID(), organizationId, userId, role: "owner" });
  },
};

for (const [until, solve] of Object.entries(solutions)) {
  test(`the only owner of an organization cannot delete their account until ${until}`, async () => {
    const person = await aPerson(db);
    const cookie = await cookiesOf(await aSession(db, person));
    const colleague = { person: await aPerson(db), role: "admin" as const };
    const members = [{ person, role: "owner" as const }, colleague];
    const owned = await anOrganization(db, { name: "Left Alone", members });
    const page = await ask(deletePage, { url: "/settings/account/delete", cookie });
    expect(page.body).toMatchObject({ organizations: [{ name: "Left Alone", slug: owned.slug, members: 2 }] });
    const { email } = person;
    const deleting = () => ask(deleteAccount, { url: "/settings/account/delete", cookie, form: { email } });
    expect((await deleting()).status).toBe(409);
    expect(await db.$count(user, eq(user.id, person.id))).toBe(1);
    await solve(owned.id);
    expect((await deleting()).status).toBe(303);
    expect(await db.$count(user, eq(user.id, person.id))).toBe(0);
  });
}

test("of two owners who delete their accounts at the same time, one stays", async () => {
  const people = [await aPerson(db), await aPerson(db)];
  await anOrganization(db, { members: people.map((person) => ({ person, role: "owner" as const })) });
  const deletions = people.map(async (person) => {
    const cookie = await cookiesOf(await aSession(db, person));
    return ask(deleteAccount, { url: "/settings/account/delete", cookie, form: { email: person.email } });
  });
  const statuses = (await Promise.all(deletions)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([303, 409]);
});
