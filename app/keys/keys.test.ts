import { and, eq, inArray } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { organization as organizations } from "#app/db/schema/organizations.ts";
import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import { isKeySecret } from "#app/key-secret.server.ts";
import { loader as api, action as apiWrite } from "#app/routes/api/v1.ts";
import { action as makeKey, loader as newKey } from "#app/routes/organizations/keys.new.ts";
import { action as revokeKey } from "#app/routes/organizations/keys.revoke.ts";
import { action as rotateKey } from "#app/routes/organizations/keys.rotate.ts";
import { loader as keysPage } from "#app/routes/organizations/keys.tsx";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { mailsTo } from "#app/test/mails.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { digest } from "#app/tokens.server.ts";
import { tellOfExpiry } from "./key-warnings.server.ts";
import type { KeysPage } from "./keys.server.ts";
import { makeKey as makeKeyOperation } from "./operations.server.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;
type Wish = { as?: Colleague; name?: string; permissions?: string[]; expires?: string; once?: string };

const READS = ["dashboard:read"];

function make(team: Team, { as = team.owner, permissions = READS, once, ...wish }: Wish = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ name: "Nightly import", expires: "30", ...wish, ...(once && { once }) }))
    form.append(name, value);
  for (const each of permissions) form.append("permissions", each);
  return ask(makeKey, { ...team.at("keys/new"), cookie: as.cookie, form });
}

const secretIn = ({ body }: { body: unknown }) => (body as { secret: string }).secret;

function rotate(team: Team, key: string, { as = team.owner, once }: { as?: Colleague; once?: string } = {}) {
  return ask(rotateKey, {
    ...team.at(`keys/${key}/rotate`, { key }),
    cookie: as.cookie,
    form: { ...(once && { once }) },
  });
}

function revoke(team: Team, key: string, as = team.owner) {
  return ask(revokeKey, { ...team.at(`keys/${key}/revoke`, { key }), cookie: as.cookie, form: {} });
}

async function opens({ organization }: Team, secret: string, path = "dashboard"): Promise<number> {
  const url = `/api/v1/organizations/${organization.slug}/${path}`;
  return (await ask(api as never, { url, headers: { Authorization: `Bearer ${secret}` } })).status;
}

const keysOf = ({ organization: { id } }: Team) =>
  db.select().from(apiKey).where(eq(apiKey.organizationId, id)).orderBy(apiKey.createdAt);

const keyIn = async (team: Team) => (await keysOf(team))[0] as typeof apiKey.$inferSelect;

const entriesOf = ({ organization: { id } }: Team) =>
  db.select().from(auditEntry).where(eq(auditEntry.organizationId, id)).orderBy(auditEntry.createdAt);

const told = async ({ person }: Colleague, type: string) =>
  (await db.select().from(notification).where(eq(notification.userId, person.id))).filter((each) => each.type === type);

const mailed = async ({ person }: Colleague, template: string) =>
  db.$count(mail, and(eq(mail.recipient, person.email), eq(mail.template, template)));

test("an owner creates a key in two trips; it opens only what it may, and its secret is shown once", async () => {
  const team = await aTeam(db, { name: "Key Works" });
  const made = await make(team);
  const secret = secretIn(made);
  expect([made.status, made.services.trace.trips, isKeySecret(secret)]).toEqual([200, 2, true]);
  expect([await opens(team, secret), await opens(team, secret, "members"), await opens(team, secret, "keys")]).toEqual([
    200, 403, 403,
  ]);
  const kept = await keyIn(team);
  expect(kept).toMatchObject({ digest: digest(secret), prefix: secret.slice(0, 8), createdBy: team.owner.person.id });
  expect(JSON.stringify(kept)).not.toContain(secret);
  const page = await ask(keysPage, { ...team.at("keys"), cookie: team.owner.cookie });
  const { living } = page.body as KeysPage;
  expect(living).toMatchObject([{ prefix: kept.prefix, makerName: "Some owner", permissions: READS }]);
  expect(living[0]?.lastUsedAt).toBeGreaterThan(Date.now() - 60_000);
  expect(living[0]?.expiresAt).toBe((living[0]?.createdAt ?? 0) + 30 * DAY_MS);
  expect(JSON.stringify(page.body)).not.toContain(secret.slice(8));
  const [entry] = await entriesOf(team);
  expect(entry).toMatchObject({ action: "key.created", targetName: "Nightly import", actorKind: "person" });
  expect(JSON.stringify(entry)).not.toContain(secret.slice(8));
});

test("a new key is announced to its maker and all owners by mail, and to the other owners in the bell", async () => {
  const team = await aTeam(db, { name: "Key Works" });
  const second = await team.join("owner");
  await make(team, { as: team.admin });
  expect(
    await Promise.all([team.owner, second, team.admin, team.plain].map((each) => mailed(each, "key-created"))),
  ).toEqual([1, 1, 1, 0]);
  const [bell] = await told(second, "key-created");
  expect(bell).toMatchObject({ actorId: team.admin.person.id, organizationName: "Key Works" });
  expect(await told(team.admin, "key-created")).toEqual([]);
  const [message] = await mailsTo(db, second.person.email);
  expect(message?.text).toContain("Nightly import");
  expect(message?.text).toContain("Some admin");
});

test("an admin cannot give a key more permissions than an admin has, nor renew a key that has more", async () => {
  const team = await aTeam(db);
  const { organization, admin } = team;
  const more = { as: admin, permissions: ["dashboard:read", "audit:read"] };
  const refused = await make(team, more);
  expect([refused.status, refused.body]).toEqual([
    403,
    expect.objectContaining({ error: { permissions: ["You can give a key only permissions you have yourself."] } }),
  ]);
  expect(await keysOf(team)).toEqual([]);
  const { body: page } = await ask(newKey, { ...team.at("keys/new"), cookie: admin.cookie });
  const { given } = page as { given: string[] };
  expect(given).toEqual(expect.arrayContaining(["dashboard:read", "member:update", "key:read", "webhook:manage"]));
  expect(given.filter((each) => ["audit:read", "member:delete", "organization:update"].includes(each))).toEqual([]);
  const strong = await aKey(db, { organizationId: organization.id, permissions: more.permissions });
  expect((await rotate(team, strong.id, { as: admin })).status).toBe(403);
  expect(await opens(team, strong.secret)).toBe(200);
  const weak = await aKey(db, { organizationId: organization.id, permissions: READS });
  expect((await rotate(team, weak.id, { as: admin })).status).toBe(200);
  expect((await revoke(team, strong.id, admin)).status).toBe(303);
  expect(await opens(team, strong.secret)).toBe(401);
});

test("nobody can give a key a permission that is for people only or does not exist", async () => {
  const team = await aTeam(db);
  for (const permission of ["key:manage", "member:leave", "organization:delete", "organization:transfer", "all"]) {
    expect((await make(team, { permissions: ["dashboard:read", permission] })).status, permission).toBe(400);
  }
  expect(await keysOf(team)).toEqual([]);
});

test("a form without a name, a permission or an expiry comes back with what was chosen, and makes nothing", async () => {
  const team = await aTeam(db);
  const { status, body } = await make(team, {
    name: " ",
    permissions: ["dashboard:read", "member:read"],
    expires: "31",
  });
  expect([status, body]).toEqual([
    400,
    expect.objectContaining({
      initialValue: expect.objectContaining({ permissions: "dashboard:read\nmember:read", expires: "31" }),
      error: { name: ["Enter a name."], expires: ["Choose when the key expires."] },
    }),
  ]);
  const none = await make(team, { permissions: [] });
  expect(none.body).toMatchObject({ error: { permissions: ["Choose at least one permission."] } });
  expect(await keysOf(team)).toEqual([]);
});

test("of twenty keys made at the same time beside 45 living ones, five are made; dead ones do not count", async () => {
  const team = await aTeam(db);
  const { id: organizationId } = team.organization;
  for (let index = 0; index < 45; index += 1) await aKey(db, { organizationId });
  await aKey(db, { organizationId, revokedAt: new Date() });
  await aKey(db, { organizationId, expiresAt: new Date(Date.now() - 1_000) });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => make(team, { name: `Key ${index}` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(200), ...Array(15).fill(409)]);
  expect(await keysOf(team)).toHaveLength(52);
  expect((await entriesOf(team)).length).toBe(5);
  expect(await mailed(team.owner, "key-created")).toBe(5);
});

test("a form that is sent twice makes one key, and both answers show the secret that opens", async () => {
  const team = await aTeam(db);
  const once = crypto.randomUUID();
  const answers = await Promise.all(Array.from({ length: 4 }, () => make(team, { once })));
  const secrets = new Set(answers.map(secretIn));
  expect([answers.map(({ status }) => status), secrets.size]).toEqual([[200, 200, 200, 200], 1]);
  const [secret = ""] = secrets;
  expect([await opens(team, secret), (await keysOf(team)).length, (await entriesOf(team)).length]).toEqual([200, 1, 1]);
  // Neither another person's form nor a form without `once` shows the secret.
  const others = [await make(team, { once, as: team.admin }), await make(team)];
  expect(others.map(secretIn)).not.toContain(secret);
  expect((await keysOf(team)).length).toBe(3);
});

test("a form that is sent again shows no secret that has been renewed or revoked", async () => {
  const team = await aTeam(db);
  const once = crypto.randomUUID();
  await make(team, { once });
  const { id } = await keyIn(team);
  await rotate(team, id);
  expect((await make(team, { once })).status).toBe(409);
  const other = crypto.randomUUID();
  await make(team, { once: other, name: "Other" });
  const [, second] = await keysOf(team);
  await revoke(team, second?.id ?? "");
  expect((await make(team, { once: other, name: "Other" })).status).toBe(409);
});

test("the old and the new secret both work for 24 hours, then only the new; no third is made meanwhile", async () => {
  const team = await aTeam(db);
  const { id, secret: first } = await aKey(db, { organizationId: team.organization.id });
  const renewed = await rotate(team, id);
  const second = secretIn(renewed);
  expect([renewed.status, renewed.services.trace.trips, isKeySecret(second), second === first]).toEqual([
    200,
    2,
    true,
    false,
  ]);
  expect([await opens(team, first), await opens(team, second)]).toEqual([200, 200]);
  const [row] = await keysOf(team);
  const hours = ((row?.formerUntil?.getTime() ?? 0) - Date.now()) / HOUR_MS;
  expect([Math.round(hours), row?.prefix]).toEqual([24, second.slice(0, 8)]);
  const again = await rotate(team, id);
  expect([again.status, await opens(team, first), await opens(team, second)]).toEqual([409, 200, 200]);
  await db
    .update(apiKey)
    .set({ formerUntil: new Date(Date.now() - 1) })
    .where(eq(apiKey.id, id));
  expect([await opens(team, first), await opens(team, second)]).toEqual([401, 200]);
  const third = secretIn(await rotate(team, id));
  expect(await Promise.all([first, second, third].map((each) => opens(team, each)))).toEqual([401, 200, 200]);
  expect((await entriesOf(team)).map(({ action }) => action)).toEqual(["key.rotated", "key.rotated"]);
  expect(await mailed(team.owner, "key-created")).toBe(2);
});

test("an old renewal form that is sent again neither renews the secret nor shows a replaced one", async () => {
  const team = await aTeam(db);
  const { id } = await aKey(db, { organizationId: team.organization.id });
  const aDayLater = () =>
    db
      .update(apiKey)
      .set({ formerUntil: new Date(Date.now() - 1) })
      .where(eq(apiKey.id, id));
  const once = crypto.randomUUID();
  const second = secretIn(await rotate(team, id, { once }));
  await aDayLater();
  expect([secretIn(await rotate(team, id, { once })), await entriesOf(team)]).toEqual([second, [expect.anything()]]);
  const third = secretIn(await rotate(team, id));
  await aDayLater();
  const again = await rotate(team, id, { once });
  expect([again.status, secretIn(again), (await entriesOf(team)).length]).toEqual([409, undefined, 2]);
  expect([await opens(team, second), await opens(team, third)]).toEqual([401, 200]);
});

test("of several renewals of a secret at the same time one succeeds, and the old secret still works", async () => {
  const team = await aTeam(db);
  const { id, secret } = await aKey(db, { organizationId: team.organization.id });
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => rotate(team, id, { as: index % 2 ? team.admin : team.owner })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)]);
  const won = secretIn(answers.find(({ status }) => status === 200) ?? { body: {} });
  expect([await opens(team, secret), await opens(team, won)]).toEqual([200, 200]);
  expect(await entriesOf(team)).toHaveLength(1);
  const other = await aKey(db, { organizationId: team.organization.id });
  const once = crypto.randomUUID();
  const twice = await Promise.all([rotate(team, other.id, { once }), rotate(team, other.id, { once })]);
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  expect(new Set(twice.map(secretIn)).size).toBe(1);
  expect(await opens(team, secretIn(twice[0] as { body: unknown }))).toBe(200);
});

test("a key that is revoked while its secret is renewed is dead, in whichever order they come", async () => {
  const team = await aTeam(db);
  const { id: organizationId } = team.organization;
  const keys = await Promise.all(Array.from({ length: 6 }, () => aKey(db, { organizationId })));
  for (const { id, secret } of keys) {
    const [renewed, revoked] = await Promise.all([rotate(team, id), revoke(team, id)]);
    expect(revoked.status).toBe(303);
    expect([200, 409]).toContain(renewed.status);
    const secrets = [secret, ...(renewed.status === 200 ? [secretIn(renewed)] : [])];
    expect(await Promise.all(secrets.map((each) => opens(team, each)))).toEqual(secrets.map(() => 401));
  }
  expect((await entriesOf(team)).filter(({ action }) => action === "key.revoked")).toHaveLength(6);
});

test("a revoked and an expired key stop at the next request, and a second revocation changes nothing", async () => {
  const team = await aTeam(db);
  const { id: organizationId } = team.organization;
  const key = await aKey(db, { organizationId });
  expect(await opens(team, key.secret)).toBe(200);
  expect([(await revoke(team, key.id)).status, await opens(team, key.secret)]).toEqual([303, 401]);
  expect((await revoke(team, key.id)).status).toBe(303);
  expect(await entriesOf(team)).toHaveLength(1);
  const ending = await aKey(db, { organizationId, expiresAt: new Date(Date.now() + HOUR_MS) });
  expect(await opens(team, ending.secret)).toBe(200);
  await db.update(apiKey).set({ expiresAt: new Date() }).where(eq(apiKey.id, ending.id));
  expect([await opens(team, ending.secret), (await rotate(team, ending.id)).status]).toEqual([401, 409]);
  const { body } = await ask(keysPage, { ...team.at("keys"), cookie: team.owner.cookie });
  expect([(body as KeysPage).living.length, (body as KeysPage).dead.length]).toEqual([0, 2]);
});

test("a key of another organization is neither renewed nor revoked", async () => {
  const team = await aTeam(db);
  const elsewhere = await aTeam(db);
  const key = await aKey(db, { organizationId: elsewhere.organization.id });
  expect([(await rotate(team, key.id)).status, (await revoke(team, key.id)).status]).toEqual([404, 404]);
  expect(await opens(elsewhere, key.secret)).toBe(200);
  expect([await entriesOf(team), await entriesOf(elsewhere)]).toEqual([[], []]);
});

test("a key keeps its permissions when its maker gets a lower role", async () => {
  const team = await aTeam(db);
  const key = secretIn(await make(team, { as: team.admin, permissions: ["member:read"] }));
  const at = team.at(`members/${team.admin.member}/role`, { member: team.admin.member });
  expect((await ask(changeRole, { ...at, cookie: team.owner.cookie, form: { role: "member" } })).status).toBe(303);
  expect(await opens(team, key, "members")).toBe(200);
});

test("a key cannot change its maker's role or membership, but it can change another member's role", async () => {
  const team = await aTeam(db);
  const permissions = ["member:update", "member:delete"] as const;
  const { admin, plain, organization } = team;
  const { secret } = await aKey(db, {
    organizationId: organization.id,
    createdBy: admin.person.id,
    permissions: [...permissions],
  });
  const demoted = team.at(`members/${admin.member}/role`, { member: admin.member });
  expect((await ask(changeRole, { ...demoted, cookie: team.owner.cookie, form: { role: "member" } })).status).toBe(303);
  const send = async (method: string, who: string, json?: object) => {
    const url = `/api/v1/organizations/${organization.slug}/members/${who}`;
    return (await ask(apiWrite, { url, method, headers: { Authorization: `Bearer ${secret}` }, ...(json && { json }) }))
      .status;
  };
  expect(await send("PATCH", admin.member, { role: "admin" })).toBe(403);
  expect(await send("DELETE", admin.member)).toBe(403);
  expect(await send("PATCH", plain.member, { role: "admin" })).toBe(204);
});

test("a week before a key expires, owners and its maker are told once, even if two runs overlap", async () => {
  const team = await aTeam(db, { name: "Key Works" });
  const { id: organizationId } = team.organization;
  const [createdBy, now] = [team.admin.person.id, new Date()];
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const soon = await aKey(db, { organizationId, createdBy, name: "Soon", expiresAt: inDays(6.9) });
  const silent = [
    await aKey(db, { organizationId, createdBy, expiresAt: inDays(7.1) }),
    await aKey(db, { organizationId, createdBy, expiresAt: inDays(3), revokedAt: now }),
    await aKey(db, { organizationId, createdBy, expiresAt: inDays(-1) }),
  ];
  const turn = { db, now, appUrl: "http://localhost:5173" };
  await Promise.all([tellOfExpiry(turn), tellOfExpiry(turn)]);
  await tellOfExpiry(turn);
  for (const each of [team.owner, team.admin]) {
    expect([await mailed(each, "key-expires"), (await told(each, "key-expires")).length]).toEqual([1, 1]);
  }
  expect(await mailed(team.plain, "key-expires")).toBe(0);
  const ids = [soon, ...silent].map(({ id }) => id);
  const warned = (await db.select().from(apiKey).where(inArray(apiKey.id, ids))).filter(({ warnedAt }) => warnedAt);
  expect(warned.map(({ id }) => id)).toEqual([soon.id]);
});

test("nobody without two factors makes a key where the organization has just required them", async () => {
  const team = await aTeam(db);
  const operation = makeKeyOperation as unknown as { execute(grant: unknown, input: unknown): unknown };
  const { execute } = operation;
  using _interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
    const isHere = eq(organizations.id, team.organization.id);
    await db.update(organizations).set({ requiresSecondFactor: true }).where(isHere);
    return execute(grant, input);
  });
  expect((await make(team)).status).toBe(403);
  expect(await keysOf(team)).toEqual([]);
});
