import { env } from "cloudflare:workers";
import { and, eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { mail, mailOptOut } from "#app/db/schema/mail.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { optionalMails } from "#app/mail/optional-mails.ts";
import { mailEachStatement, mailStatement } from "#app/mail/outbox.server.ts";
import { mailSamples } from "#app/mail/samples.ts";
import type { MailTemplate } from "#app/mail/templates.ts";
import { unsubscribePath } from "#app/mail/unsubscribe-link.server.ts";
import { isOneClick } from "#app/request/answers.server.ts";
import { loader as bell } from "#app/routes/api/v1.ts";
import { loader as list } from "#app/routes/notifications/list.tsx";
import { loader as followed, action as press } from "#app/routes/notifications/unsubscribe.tsx";
import { action as removal } from "#app/routes/organizations/members.remove.ts";
import { action as giving } from "#app/routes/organizations/members.role.ts";
import { action as muting } from "#app/routes/settings/notifications.mute.ts";
import { loader as choices, action as choosing } from "#app/routes/settings/notifications.tsx";
import { anOrganization, aPerson, type Organization, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { variablesOf } from "../../workers/environment.ts";
import type { MailChoices } from "./mail-choices.server.ts";
import type { NotificationsPage } from "./notifications.server.ts";

const db = testDatabase();
const templates = Object.keys(mailSamples) as MailTemplate[];
const isOptional = (template: MailTemplate) => optionalMails.some((each) => each === template);
const always = templates.filter((template) => !isOptional(template));

type Team = Awaited<ReturnType<typeof aTeam>>;

const choose = ({ cookie }: Colleague, wish: string, comes: string) =>
  ask(choosing, { url: "/settings/notifications", cookie, form: { mail: wish, comes } });

const mute = ({ cookie }: Colleague, { slug: organization }: Organization, muted = "yes") =>
  ask(muting, {
    url: `/settings/notifications/organizations/${organization}/mute`,
    params: { organization },
    cookie,
    form: { muted },
  });

async function giveRole({ at, owner }: Team, { member: id }: Colleague, role: string) {
  const asked = { ...at(`members/${id}/role`, { member: id }), cookie: owner.cookie, form: { role } };
  expect((await ask(giving, asked)).status).toBe(303);
}

async function remove({ at, owner }: Team, { member: id }: Colleague) {
  const asked = { ...at(`members/${id}/remove`, { member: id }), cookie: owner.cookie, form: {} };
  expect((await ask(removal, asked)).status).toBe(303);
}

const mailed = ({ email }: Person) => db.$count(mail, eq(mail.recipient, email));

/** Writes one mail of each kind both ways, as a change of this organization would. Returns the templates that were written. */
async function written({ id, email }: Person, organizationId: string): Promise<string[]> {
  const to = sql`select ${id} as user_id`;
  const statements = templates.flatMap((template) => {
    const common = { template, locale: "en", data: {} as never, organizationId, asked: sql`true` } as const;
    return [
      mailStatement(db, { ...common, id: crypto.randomUUID(), recipient: email }),
      mailEachStatement(db, { ...common, to, when: sql`true` }),
    ];
  });
  const isTheirs = eq(mail.recipient, email);
  // Deleted in the same batch, so that no delivery finds them.
  const [rows] = await db
    .batch([
      db.delete(mail).where(isTheirs),
      ...statements,
      db.delete(mail).where(isTheirs).returning({ template: mail.template }),
    ])
    .then((results) => results.slice(-1) as { template: string }[][]);
  return (rows ?? []).map(({ template }) => template).sort();
}

const twice = (kinds: readonly string[]) => kinds.flatMap((each) => [each, each]).sort();

test("a kind of mail that a person turned off is not written by either statement, all others are", async () => {
  const person = await aPerson(db);
  const { id: organizationId } = await anOrganization(db);
  expect(await written(person, organizationId)).toEqual(twice(templates));
  for (const template of optionalMails) {
    await db.delete(mailOptOut).where(eq(mailOptOut.userId, person.id));
    await db.insert(mailOptOut).values({ userId: person.id, template });
    expect(await written(person, organizationId)).toEqual(twice(templates.filter((each) => each !== template)));
  }
});

test("mails that are not optional are written even to a person who opted out of all and muted the sender", async () => {
  const person = await aPerson(db);
  const organization = await anOrganization(db, { members: [{ person, role: "owner" }] });
  await db.insert(mailOptOut).values(templates.map((template) => ({ userId: person.id, template })));
  await db.update(member).set({ mutedAt: new Date() }).where(eq(member.userId, person.id));
  expect(always).toEqual(expect.arrayContaining(["sessions-ended", "key-created", "invitation", "security-changed"]));
  expect(await written(person, organization.id)).toEqual(twice(always));
});

test("a muted organization sends a person no optional mails, and other organizations do", async () => {
  const person = await aPerson(db);
  const [muted, loud] = [
    await anOrganization(db, { members: [{ person, role: "member" }] }),
    await anOrganization(db, { members: [{ person, role: "member" }] }),
  ];
  const isIts = and(eq(member.userId, person.id), eq(member.organizationId, muted.id));
  await db.update(member).set({ mutedAt: new Date() }).where(isIts);
  expect(await written(person, muted.id)).toEqual(twice(always));
  expect(await written(person, loud.id)).toEqual(twice(templates));
  const colleague = await aPerson(db);
  expect(await written(colleague, muted.id)).toEqual(twice(templates));
});

test("a person who turns role mails off gets none until they turn them on, but still gets notifications", async () => {
  const team = await aTeam(db);
  const { plain } = team;
  expect((await choose(plain, "role-changed", "no")).status).toBe(303);
  expect((await choose(plain, "role-changed", "no")).status).toBe(303);
  const shown = (await ask(choices, { url: "/settings/notifications", cookie: plain.cookie })).body as MailChoices;
  expect(shown.mails.filter(({ isOn }) => !isOn)).toEqual([{ mail: "role-changed", isOn: false }]);
  await giveRole(team, plain, "admin");
  expect(await mailed(plain.person)).toBe(0);
  const inside = (await ask(list, { url: "/notifications", cookie: plain.cookie })).body as NotificationsPage;
  expect(inside.notifications.map(({ type }) => type)).toEqual(["role-changed"]);
  await choose(plain, "role-changed", "yes");
  await giveRole(team, plain, "member");
  expect(await mailed(plain.person)).toBe(1);
});

test("a choice that is made a moment before the mail is written counts", async () => {
  const team = await aTeam(db);
  const operation = giving.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
  const { execute } = operation;
  using _ = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
    await db.insert(mailOptOut).values({ userId: team.plain.person.id, template: "role-changed" });
    return execute(grant, input);
  });
  await giveRole(team, team.plain, "admin");
  expect(await mailed(team.plain.person)).toBe(0);
});

test("a person removed from an organization they muted gets no mail about it, and a colleague does", async () => {
  const team = await aTeam(db);
  const other = await team.join("member");
  expect((await mute(team.plain, team.organization)).status).toBe(303);
  await remove(team, team.plain);
  await remove(team, other);
  expect([await mailed(team.plain.person), await mailed(other.person)]).toEqual([0, 1]);
});

test("the bell does not count notifications of a muted organization, but the list shows them", async () => {
  const team = await aTeam(db);
  const { plain } = team;
  await mute(plain, team.organization);
  await giveRole(team, plain, "admin");
  const { body } = await ask(list, { url: "/notifications", cookie: plain.cookie });
  expect(body).toMatchObject({ unread: 1, notifications: [{ type: "role-changed", isRead: false }] });
  expect(await unreadOnBell(plain)).toBe(0);
  await mute(plain, team.organization, "no");
  await mute(team.owner, team.organization);
  expect(await unreadOnBell(plain), "another person muted it").toBe(1);
});

async function unreadOnBell({ cookie }: Colleague): Promise<number> {
  const { body } = await ask(bell, { url: "/api/v1/pages/notifications", cookie });
  return (body as { unread: number }).unread;
}

test("a person cannot mute an organization that they are not a member of", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const mutedOf = () =>
    db.$count(member, sql`${member.organizationId} = ${other.organization.id} and muted_at is not null`);
  expect((await mute(team.owner, other.organization)).status).toBe(404);
  expect((await mute(team.owner, { ...other.organization, slug: "no-such-organization" })).status).toBe(404);
  expect(await mutedOf()).toBe(0);
  expect((await mute(other.plain, other.organization)).status).toBe(303);
  expect(await mutedOf()).toBe(1);
  const { body } = await ask(choices, { url: "/settings/notifications", cookie: team.owner.cookie });
  expect((body as MailChoices).organizations.map(({ slug }) => slug)).toEqual([team.organization.slug]);
});

type Link = { person: string; mail: string; token: string };

async function aLink() {
  const team = await aTeam(db);
  const { AUTH_SECRET } = variablesOf(env);
  const of = { person: team.plain.person.id, mail: "role-changed" } as const;
  const path = unsubscribePath(of, (name) => tokenFor(AUTH_SECRET, name));
  return { team, link: { ...of, token: path.split("/").at(-1) ?? "" } };
}

const asked = (link: Link) => ({ url: `/unsubscribe/${link.person}/${link.mail}/${link.token}`, params: link });
const open = (link: Link) => ask(followed, { ...asked(link), headers: { Accept: "text/html" } });
/** A one-click unsubscribe request as in RFC 8058: no cookie, no Origin header, one form field. */
const oneClick = (link: Link) => ask(press, { ...asked(link), form: { "List-Unsubscribe": "One-Click" } });
const offOf = async (person: Person) =>
  (await db.select().from(mailOptOut).where(eq(mailOptOut.userId, person.id))).map(({ template }) => template);

test("opening an unsubscribe link changes nothing, its button opts out without a sign-in, also twice", async () => {
  const { team, link } = await aLink();
  const { person } = team.plain;
  expect(await open(link)).toMatchObject({ status: 200, body: { mail: "role-changed" } });
  expect(await offOf(person)).toEqual([]);
  for (let time = 0; time < 2; time += 1) {
    expect(await oneClick(link)).toMatchObject({ status: 200, body: { done: true } });
    expect(await offOf(person)).toEqual(["role-changed"]);
  }
  await giveRole(team, team.plain, "admin");
  expect(await mailed(person)).toBe(0);
});

test("an unsubscribe link turns off its kind of mail for its person only, and turning one on turns on no other", async () => {
  const { team, link } = await aLink();
  const { plain, admin } = team;
  await choose(plain, "webhook-disabled", "no");
  await oneClick(link);
  expect((await offOf(plain.person)).sort()).toEqual(["role-changed", "webhook-disabled"]);
  expect(await offOf(admin.person)).toEqual([]);
  await choose(plain, "webhook-disabled", "yes");
  expect(await offOf(plain.person)).toEqual(["role-changed"]);
});

test("an unsubscribe link that is forged or altered is 404, turns nothing off and costs no trip", async () => {
  const [one, other] = [await aLink(), await aLink()];
  const forged: Link[] = [
    { ...one.link, token: "A".repeat(43) },
    { ...one.link, token: one.link.token.slice(0, 42) },
    { ...one.link, token: `${one.link.token}A` },
    { ...one.link, token: "é".repeat(43) },
    { ...one.link, person: other.link.person },
    { ...one.link, person: one.link.person.toUpperCase() },
    { ...one.link, mail: "key-expires" },
    { ...one.link, mail: "security-changed" },
    { ...one.link, mail: "toString" },
    { ...one.link, person: "none" },
  ];
  for (const link of forged) {
    expect((await open(link)).status, JSON.stringify(link)).toBe(404);
    const pressed = await oneClick(link);
    expect([pressed.status, pressed.services.trace.trips], JSON.stringify(link)).toEqual([404, 0]);
  }
  expect([await offOf(one.team.plain.person), await offOf(other.team.plain.person)]).toEqual([[], []]);
});

test("an unsubscribe link of a deleted account succeeds and stores nothing", async () => {
  const { team, link } = await aLink();
  const { person } = team.plain;
  await oneClick(link);
  await db.delete(user).where(eq(user.id, person.id));
  expect(await offOf(person)).toEqual([]);
  expect((await oneClick(link)).status).toBe(200);
  expect(await offOf(person)).toEqual([]);
});

test("a cross-site request is accepted only as a POST to a signed unsubscribe link", () => {
  const url = (path: string) => `https://app.test${path}`;
  const path = "/unsubscribe/b1/role-changed/token";
  expect(isOneClick(new Request(url(path), { method: "POST" }))).toBe(true);
  expect(isOneClick(new Request(url(path)))).toBe(false);
  for (const other of ["", ".data", "/more", "/../../../settings/notifications"]) {
    expect(isOneClick(new Request(url(path + other), { method: "POST" })), other).toBe(other === "");
  }
  for (const other of ["/settings/notifications", `/x${path}`, "/unsubscribe/b1/role-changed", "/unsubscribe"]) {
    expect(isOneClick(new Request(url(other), { method: "POST" })), other).toBe(false);
  }
});
