import { desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, inviteLink, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { webhookDelivery } from "#app/db/schema/webhooks.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { action as join } from "#app/routes/invitations/join.tsx";
import { loader as revokePage } from "#app/routes/organizations/invite-links.revoke.ts";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { action as giveRole } from "#app/routes/organizations/members.role.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { answer, linkOf, send } from "#app/test/invitations.ts";
import {
  aLink,
  aVisitor,
  follow,
  isMember,
  listed,
  meanwhile,
  revoking,
  shown,
  usesOf,
} from "#app/test/invite-links.ts";
import { anEndpoint } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

test("a person who opens a link and confirms joins as a member in two trips; owners and admins are notified", async () => {
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
  expect(await isMember(person, team), "opening the link does not join").toBe(false);
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
  expect(closed?.status, "an invitation to their address is closed").toBe("accepted");

  expect((await follow(link.token, cookie)).status, "a second click leads to the organization").toBe(303);
  expect((await follow(link.token, team.owner.cookie)).status, "an owner gets there, too").toBe(303);
  expect(await team.roleOf(team.owner)).toBe("owner");
  expect(await usesOf(link), "only joining counts as a use").toBe(1);
  expect((await shown(link.token, cookie)).preview).toMatchObject({ slug: team.organization.slug });
});

test("when twenty people join at the same time by a link with one use left, one of them joins", async () => {
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

test("a link for a domain admits only people whose address is of exactly that domain when they join", async () => {
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
  expect(await isMember(right.person, team), "their address changed a moment before").toBe(false);
  const other = await aVisitor({ email: `${crypto.randomUUID()}@acme.test` });
  const narrows = () => db.update(inviteLink).set({ domain: "else.test" }).where(eq(inviteLink.id, link.id));
  expect((await meanwhile(narrows, () => follow(link.token, other.cookie))).status, "the domain changed").toBe(403);
  await db.update(inviteLink).set({ domain: "acme.test" }).where(eq(inviteLink.id, link.id));
  expect((await follow(link.token, other.cookie)).status).toBe(303);
});

test("a person with an unverified address cannot join by any link, with or without a domain", async () => {
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

test("a guessed token or an id joins nothing, and a valid token joins only its own organization", async () => {
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
  expect((await revoking(team, theirs)).status, "the link belongs to another organization").toBe(404);
  expect((await follow(theirs.token, (await aVisitor()).cookie)).status).toBe(303);
});

test("nobody can join an organization that was deleted a moment before", async () => {
  const team = await aTeam(db);
  const link = await aLink(team);
  const { person, cookie } = await aVisitor();
  const gone = () => db.delete(organization).where(eq(organization.id, team.organization.id));
  expect((await meanwhile(gone, () => follow(link.token, cookie))).status).toBe(404);
  expect(await isMember(person, team)).toBe(false);
  expect(await db.$count(inviteLink, eq(inviteLink.id, link.id))).toBe(0);
});

test("a removed person cannot rejoin by any link, old or new, before they have accepted an invitation", async () => {
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
  await send(team, { email: person.email });
  const token = await linkOf(team, person.email);
  expect((await answer(accept, token, cookie)).status).toBe(303);
  await db.delete(member).where(eq(member.id, await memberId()));
  expect((await follow(link.token, cookie)).status, "they left by themselves in between").toBe(303);
});

test("a link made by a former admin lets nobody in, and the list of links shows that", async () => {
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
  expect((await revoking(team, link)).status, "it can still be revoked").toBe(303);
});

test("only a session with both factors can join an organization that requires two", async () => {
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

test("nobody can join a full organization, and a refused attempt takes no use of the link", async () => {
  const team = await aTeam(db, { memberLimit: 4 });
  const link = await aLink(team);
  const visitors = await Promise.all([aVisitor(), aVisitor(), aVisitor()]);
  const lacks = async () => {
    const previews = await Promise.all(visitors.map(({ cookie }) => shown(link.token, cookie)));
    return previews.map(({ preview }) => preview?.state === "open" && preview.viewer?.lacks);
  };
  expect(await lacks()).toEqual([null, null, null]);
  const statuses = (await Promise.all(visitors.map(({ cookie }) => follow(link.token, cookie)))).map(
    ({ status }) => status,
  );
  expect(statuses.sort()).toEqual([303, 409, 409]);
  expect(await usesOf(link)).toBe(1);
  // One of them is a member now, and the others are told before they press.
  expect((await lacks()).sort()).toEqual([null, "organization-full", "organization-full"]);
  expect(await shown(link.token), "a visitor learns nothing of it").toMatchObject({ preview: { viewer: null } });
  const domain = await aLink(team, { domain: "elsewhere.test" });
  const { preview } = await shown(domain.token, (await aVisitor()).cookie);
  expect(preview, "nor does anyone else who may not join").toMatchObject({ viewer: { lacks: "other-domain" } });
});
