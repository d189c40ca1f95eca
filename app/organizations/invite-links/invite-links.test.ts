import { env } from "cloudflare:test";
import { and, desc, eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, inviteLink, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { webhookDelivery } from "#app/db/schema/webhooks.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { action as join, loader as preview } from "#app/routes/invitations/join.tsx";
import { action as make } from "#app/routes/organizations/invite-links.new.ts";
import { action as revoke, loader as revokePage } from "#app/routes/organizations/invite-links.revoke.ts";
import { loader as list } from "#app/routes/organizations/invite-links.tsx";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { action as giveRole } from "#app/routes/organizations/members.role.ts";
import { anInvitation, anInviteLink, aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { anEndpoint } from "#app/test/receivers.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { runSchedule } from "../../../workers/schedule.ts";
import { INVITATIONS_PER_HOUR, INVITE_LINKS_MAXIMUM } from "../limits.ts";
import type { InviteLink } from "./invite-links.server.ts";
import type { LinkPreview } from "./joining.server.ts";
import { join as joining } from "./operations.server.ts";

const db = testDatabase();
const DAY = 86_400_000;

type Team = Awaited<ReturnType<typeof aTeam>>;

async function aVisitor(values: Partial<Person> = {}, session: { factors?: number } = {}) {
  const person = await aPerson(db, values);
  return { person, cookie: await cookiesOf(await aSession(db, person, session)) };
}

function create(team: Team, form: Record<string, string> = {}, as: Colleague = team.owner) {
  const chosen = { days: "7", uses: "10", domain: "", ...form };
  return ask(make, { ...team.at("invite-links/new"), cookie: as.cookie, form: chosen });
}

const tokenIn = ({ body }: { body: unknown }) => new URL((body as { link: string }).link).searchParams.get("id") ?? "";

async function listed(team: Team): Promise<InviteLink[]> {
  const { body } = await ask(list, { ...team.at("invite-links"), cookie: team.owner.cookie });
  return (body as { links: InviteLink[] }).links;
}

const aLink = (team: Team, values: Partial<Parameters<typeof anInviteLink>[1]> = {}) =>
  anInviteLink(db, { organizationId: team.organization.id, createdBy: team.owner.person.id, ...values });

const follow = (token: string, cookie: string | null) =>
  ask(join, { url: `/join?id=${token}`, cookie, form: { id: token } });

async function shown(token: string, cookie: string | null = null) {
  const { body, services } = await ask(preview, { url: `/join?id=${token}`, cookie });
  return { preview: (body as { preview: LinkPreview | null }).preview, trips: services.trace.trips };
}

const isMember = async ({ id }: { id: string }, { organization: { id: organizationId } }: Team) =>
  (await db.$count(member, and(eq(member.organizationId, organizationId), eq(member.userId, id)))) === 1;

const usesOf = async ({ id }: { id: string }) =>
  (await db.select().from(inviteLink).where(eq(inviteLink.id, id)))[0]?.uses;

const errorsOf = ({ body }: { body: unknown }) => (body as { error: Record<string, string[]> }).error;

const revoking = (team: Team, { id }: { id: string }, as: Colleague = team.owner) =>
  ask(revoke, { ...team.at(`invite-links/${id}/revoke`, { link: id }), cookie: as.cookie, form: {} });

async function meanwhile(happens: () => Promise<unknown>, asked: () => ReturnType<typeof follow>) {
  const { execute } = joining;
  using _interrupted = vi.spyOn(joining, "execute").mockImplementation(async (grant, input) => {
    await happens();
    return execute(grant, input);
  });
  return await asked();
}

test("an admin makes a link, is told it once, and the database keeps its hash alone", async () => {
  const team = await aTeam(db);
  const made = await create(team, { days: "30", uses: "25", domain: " @Example.COM " }, team.admin);
  expect([made.status, made.services.trace.trips]).toEqual([200, 2]);
  const token = tokenIn(made);
  expect(token).toMatch(/^[\w-]{43}$/);
  const [row] = await db.select().from(inviteLink).where(eq(inviteLink.organizationId, team.organization.id));
  expect(row).toMatchObject({ domain: "example.com", maximumUses: 25, uses: 0, createdBy: team.admin.person.id });
  expect(JSON.stringify(row)).not.toContain(token);
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(29.9 * DAY);
  const links = await listed(team);
  expect(links).toMatchObject([{ prefix: token.slice(0, 6), makerName: "Some admin", isHeld: true, uses: 0 }]);
  expect(JSON.stringify(links)).not.toContain(token);
  const [entry] = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.targetId, row?.id ?? ""));
  expect(entry).toMatchObject({ action: "invite-link.created", after: { domain: "example.com", uses: 25 } });
  expect(JSON.stringify(entry)).not.toContain(token);
});

test("a form sent twice makes one link, which both answers tell", async () => {
  const team = await aTeam(db);
  const once = crypto.randomUUID();
  const [first, second] = await Promise.all([create(team, { once }), create(team, { once })]);
  expect(tokenIn(first)).toBe(tokenIn(second));
  expect(await listed(team)).toHaveLength(1);
  const [{ id }] = (await listed(team)) as [InviteLink];
  await revoking(team, { id });
  expect((await create(team, { once })).status, "a revoked one is not told again").toBe(409);
});

test("a number, a time and a domain that are none are refused at their fields", async () => {
  const team = await aTeam(db);
  for (const uses of ["0", "101", "-1", "1.5", "ten", "", "1e1", "9999999"])
    expect(errorsOf(await create(team, { uses })).uses, uses).toHaveLength(1);
  for (const days of ["0", "2", "365", ""]) expect(errorsOf(await create(team, { days })).days, days).toHaveLength(1);
  for (const domain of ["example", "exa mple.com", "example.com/x", "@", "*.com", "%.com", "a".repeat(2_000)])
    expect(errorsOf(await create(team, { domain })).domain, domain).toHaveLength(1);
  for (const uses of ["1", "100", "١٠"]) expect((await create(team, { uses })).status, uses).toBe(200);
  const idn = await create(team, { domain: "Ada <ada@bücher.example>" });
  expect(idn.status).toBe(400);
  await create(team, { domain: "ada@Bücher.example" });
  expect((await listed(team))[0]?.domain).toBe("xn--bcher-kva.example");
});

test("ten links are open at most, also when they are made at once, and making them counts as inviting does", async () => {
  const team = await aTeam(db);
  const statuses = (await Promise.all(Array.from({ length: 14 }, () => create(team)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(INVITE_LINKS_MAXIMUM);
  expect(statuses.filter((status) => status === 409)).toHaveLength(14 - INVITE_LINKS_MAXIMUM);
  const [{ id }] = (await listed(team)) as [InviteLink];
  await revoking(team, { id });
  expect((await create(team)).status, "one that is revoked makes room").toBe(200);
  const key = `invite:${team.organization.id}`;
  await db.update(rateLimit).set({ count: INVITATIONS_PER_HOUR }).where(eq(rateLimit.key, key));
  expect((await create(team)).status).toBe(429);
});

test("somebody who follows a link and presses joins as a member in two trips, and owners and admins are told", async () => {
  const team = await aTeam(db, { name: "Linked Ltd" });
  const endpoint = await anEndpoint(db, {
    ...{ organizationId: team.organization.id, createdBy: team.owner.person.id },
    ...{ url: "http://127.0.0.1:9/", events: ["member.joined"] },
  });
  const link = await aLink(team);
  const { person, cookie } = await aVisitor();
  const waiting = await anInvitation(db, { organization: team.organization, email: person.email, role: "admin" });
  for (let visit = 0; visit < 3; visit += 1)
    expect(await shown(link.token, cookie)).toMatchObject({
      preview: { state: "open", organizationName: "Linked Ltd", slug: null, viewer: { lacks: null } },
      trips: 1,
    });
  expect(await isMember(person, team), "following it joins nothing").toBe(false);
  expect((await ask(join, { url: `/join?id=${link.token}`, cookie, method: "GET" })).status).toBe(405);

  const joined = await follow(link.token, cookie);
  expect([joined.status, joined.services.trace.trips]).toEqual([303, 2]);
  expect((joined.body as Response).headers.get("Location")).toBe(`/organizations/${team.organization.slug}/dashboard`);
  expect(await db.select().from(member).where(eq(member.userId, person.id))).toMatchObject([
    { organizationId: team.organization.id, role: "member" },
  ]);
  for (const { person: colleague } of [team.owner, team.admin]) {
    const told = await db.select().from(notification).where(eq(notification.userId, colleague.id));
    expect(told).toMatchObject([{ type: "member-joined", actorId: person.id, role: "member" }]);
  }
  expect(await db.$count(notification, eq(notification.userId, team.plain.person.id))).toBe(0);
  const [entry] = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, team.organization.id))
    .orderBy(desc(auditEntry.sequence));
  const after = { role: "member", link: link.prefix };
  expect(entry).toMatchObject({ action: "member.joined", actorId: person.id, targetId: person.id, after });
  const delivered = await db.select().from(webhookDelivery).where(eq(webhookDelivery.endpointId, endpoint.id));
  expect(delivered).toMatchObject([{ event: "member.joined", entryId: entry?.id }]);
  const [closed] = await db.select().from(invitation).where(eq(invitation.id, waiting.id));
  expect(closed?.status, "an invitation to their address has nothing left to ask").toBe("accepted");

  expect((await follow(link.token, cookie)).status, "a second click lands in the organization").toBe(303);
  expect((await follow(link.token, team.owner.cookie)).status, "so does an owner").toBe(303);
  expect(await team.roleOf(team.owner)).toBe("owner");
  expect(await usesOf(link), "and takes no use").toBe(1);
  expect((await shown(link.token, cookie)).preview).toMatchObject({ slug: team.organization.slug });
});

test("of twenty who join at once by the last use, one joins", async () => {
  const team = await aTeam(db);
  const link = await aLink(team, { maximumUses: 3, uses: 2 });
  const visitors = await Promise.all(Array.from({ length: 20 }, () => aVisitor()));
  const statuses = (await Promise.all(visitors.map(({ cookie }) => follow(link.token, cookie)))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 303)).toHaveLength(1);
  expect(statuses.filter((status) => status === 410)).toHaveLength(19);
  const joined = await Promise.all(visitors.map(({ person }) => isMember(person, team)));
  expect(joined.filter(Boolean)).toHaveLength(1);
  expect(await usesOf(link)).toBe(3);
  expect((await shown(link.token)).preview).toMatchObject({ state: "over" });
});

test("one person who presses twenty times at once joins once and takes one use", async () => {
  const team = await aTeam(db);
  const link = await aLink(team);
  const { cookie } = await aVisitor();
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => follow(link.token, cookie)))).map(
    ({ status }) => status,
  );
  expect(new Set(statuses)).toEqual(new Set([303]));
  expect(await usesOf(link)).toBe(1);
});

test("a link that was revoked, has expired or was used up a moment before lets nobody in", async () => {
  const ends: Record<string, Partial<typeof inviteLink.$inferInsert>> = {
    revoked: { revokedAt: new Date() },
    expired: { expiresAt: new Date(Date.now() - 1) },
    "used up": { uses: 10 },
  };
  for (const [name, end] of Object.entries(ends)) {
    const team = await aTeam(db);
    const link = await aLink(team);
    const { person, cookie } = await aVisitor();
    const ending = () => db.update(inviteLink).set(end).where(eq(inviteLink.id, link.id));
    expect((await meanwhile(ending, () => follow(link.token, cookie))).status, name).toBe(410);
    expect(await isMember(person, team), name).toBe(false);
    expect((await shown(link.token, cookie)).preview, name).toMatchObject({ state: "over" });
    expect(await listed(team), name).toEqual([]);
    const page = { ...team.at(`invite-links/${link.id}/revoke`, { link: link.id }), cookie: team.owner.cookie };
    expect((await ask(revokePage, page)).status, name).toBe(404);
  }
});

test("an admin revokes a link once, and twice is as good", async () => {
  const team = await aTeam(db);
  const link = await aLink(team);
  expect((await revoking(team, link, team.admin)).status).toBe(303);
  expect((await revoking(team, link)).status).toBe(303);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.targetId, link.id));
  expect(entries).toMatchObject([{ action: "invite-link.revoked", targetName: link.prefix }]);
});

test("a link for a domain lets in who has proved an address of exactly that domain when they press", async () => {
  const team = await aTeam(db);
  const link = await aLink(team, { domain: "acme.test" });
  const wrong = ["x@sub.acme.test", "x@notacme.test", "acme.test@evil.test", "x@acme.test.evil", "x@acme.tes"];
  for (const email of wrong) {
    const { person, cookie } = await aVisitor({ email: `${crypto.randomUUID().slice(0, 8)}${email}` });
    expect((await shown(link.token, cookie)).preview, email).toMatchObject({ viewer: { lacks: "other-domain" } });
    expect((await follow(link.token, cookie)).status, email).toBe(403);
    expect(await isMember(person, team), email).toBe(false);
  }
  const right = await aVisitor({ email: `${crypto.randomUUID()}@acme.test` });
  const moves = () =>
    db
      .update(user)
      .set({ email: `${right.person.id}@elsewhere.test` })
      .where(eq(user.id, right.person.id));
  expect((await meanwhile(moves, () => follow(link.token, right.cookie))).status).toBe(403);
  expect(await isMember(right.person, team), "their address became another a moment before").toBe(false);
  const other = await aVisitor({ email: `${crypto.randomUUID()}@acme.test` });
  const narrows = () => db.update(inviteLink).set({ domain: "else.test" }).where(eq(inviteLink.id, link.id));
  expect((await meanwhile(narrows, () => follow(link.token, other.cookie))).status, "the domain became another").toBe(
    403,
  );
  await db.update(inviteLink).set({ domain: "acme.test" }).where(eq(inviteLink.id, link.id));
  expect((await follow(link.token, other.cookie)).status).toBe(303);
});

test("an address that was never verified joins by no link, with a domain or without", async () => {
  const team = await aTeam(db);
  for (const domain of [null, "acme.test"]) {
    const link = await aLink(team, { domain });
    const { person, cookie } = await aVisitor({
      email: `${crypto.randomUUID()}@acme.test`,
      emailVerified: false,
    });
    expect((await shown(link.token, cookie)).preview).toMatchObject({ viewer: { lacks: "unverified" } });
    expect((await follow(link.token, cookie)).status).toBe(403);
    expect(await isMember(person, team)).toBe(false);
  }
});

test("a token that is guessed, or is an id, joins nothing, and one of another organization joins that one alone", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const link = await aLink(team);
  const { person, cookie } = await aVisitor();
  for (const token of [link.id, link.prefix, link.tokenHash, `${link.token}x`, "%", crypto.randomUUID()]) {
    expect((await follow(token, cookie)).status, token).toBe(404);
    expect((await shown(token, cookie)).preview, token).toBeNull();
  }
  expect((await follow("", cookie)).status).toBe(400);
  expect((await follow(link.token, null)).status, "nobody is signed in").toBe(302);
  expect((await follow(link.token, cookie)).status).toBe(303);
  expect([await isMember(person, team), await isMember(person, other)]).toEqual([true, false]);

  const theirs = await aLink(other);
  expect((await revoking(team, theirs)).status, "of another organization").toBe(404);
  expect((await follow(theirs.token, (await aVisitor()).cookie)).status).toBe(303);
});

test("an organization that is deleted a moment before is joined by nobody", async () => {
  const team = await aTeam(db);
  const link = await aLink(team);
  const { person, cookie } = await aVisitor();
  const gone = () => db.delete(organization).where(eq(organization.id, team.organization.id));
  expect((await meanwhile(gone, () => follow(link.token, cookie))).status).toBe(404);
  expect(await isMember(person, team)).toBe(false);
  expect(await db.$count(inviteLink, eq(inviteLink.id, link.id))).toBe(0);
});

test("who was removed comes back by no link, old or new, until an invitation to their address brought them back", async () => {
  const team = await aTeam(db);
  const link = await aLink(team);
  const { person, cookie } = await aVisitor();
  expect((await follow(link.token, cookie)).status).toBe(303);
  const memberId = async () => (await db.select().from(member).where(eq(member.userId, person.id)))[0]?.id ?? "";
  const dismiss = async () => {
    const id = await memberId();
    return ask(remove, { ...team.at(`members/${id}/remove`, { member: id }), cookie: team.owner.cookie, form: {} });
  };
  expect((await dismiss()).status).toBe(303);
  for (const each of [link, await aLink(team)]) {
    expect((await shown(each.token, cookie)).preview).toMatchObject({ viewer: { lacks: "removed" } });
    expect((await follow(each.token, cookie)).status).toBe(403);
  }
  expect(await usesOf(link)).toBe(1);
  const { token } = await anInvitation(db, { organization: team.organization, email: person.email });
  expect((await ask(accept, { url: `/accept-invite?id=${token}`, cookie, form: { id: token } })).status).toBe(303);
  await db.delete(member).where(eq(member.id, await memberId()));
  expect((await follow(link.token, cookie)).status, "left by themselves since").toBe(303);
});

test("a link of somebody who is no longer owner or admin lets nobody in, and says so in the list", async () => {
  const team = await aTeam(db);
  const link = await aLink(team, { createdBy: team.admin.person.id });
  const { cookie } = await aVisitor();
  const id = team.admin.member;
  const demote = () =>
    ask(giveRole, {
      ...team.at(`members/${id}/role`, { member: id }),
      ...{ cookie: team.owner.cookie, form: { role: "member" } },
    });
  expect((await meanwhile(demote, () => follow(link.token, cookie))).status).toBe(410);
  expect(await listed(team)).toMatchObject([{ id: link.id, isHeld: false }]);
  expect((await revoking(team, link)).status, "it can be revoked all the same").toBe(303);
});

test("an organization that requires two factors is joined by a session that has given both", async () => {
  const team = await aTeam(db, { requiresSecondFactor: true });
  const link = await aLink(team);
  const one = await aVisitor();
  expect((await shown(link.token, one.cookie)).preview).toMatchObject({ viewer: { lacks: "one-factor" } });
  expect((await follow(link.token, one.cookie)).status).toBe(403);
  expect(await isMember(one.person, team)).toBe(false);
  const both = await aVisitor({}, { factors: 2 });
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: both.person.id });
  expect((await follow(link.token, both.cookie)).status).toBe(303);
});

test("an organization that is full is joined by nobody, and the link keeps its use", async () => {
  const team = await aTeam(db, { memberLimit: 4 });
  const link = await aLink(team);
  const visitors = await Promise.all([aVisitor(), aVisitor(), aVisitor()]);
  const statuses = (await Promise.all(visitors.map(({ cookie }) => follow(link.token, cookie)))).map(
    ({ status }) => status,
  );
  expect(statuses.sort()).toEqual([303, 409, 409]);
  expect(await usesOf(link)).toBe(1);
});

test("the schedule forgets a link a month after it has expired", async () => {
  const team = await aTeam(db);
  const old = await aLink(team, { expiresAt: new Date(Date.now() - 31 * DAY) });
  const lately = await aLink(team, { expiresAt: new Date(Date.now() - 29 * DAY) });
  await runSchedule(env);
  const left = await db.select().from(inviteLink).where(eq(inviteLink.organizationId, team.organization.id));
  expect(left.map(({ id }) => id)).toEqual([lately.id]);
  expect(left).not.toContain(old.id);
});
