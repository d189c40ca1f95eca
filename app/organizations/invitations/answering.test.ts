import { and, desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import type { Bell } from "#app/notifications/notifications.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { action as decline } from "#app/routes/invitations/decline.tsx";
import { loader as invitationPage } from "#app/routes/organizations/invitations.invitation.tsx";
import { action as resend } from "#app/routes/organizations/invitations.resend.ts";
import { action as revoke } from "#app/routes/organizations/invitations.revoke.ts";
import { action as changeRole } from "#app/routes/organizations/invitations.role.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "#app/tenancy/limits.ts";
import { anInvitation, anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import {
  about,
  anAddress,
  anInvited,
  answer,
  isMember,
  linkOf,
  listed,
  messagesOf,
  send,
  shown,
  statusOf,
  waiting,
} from "#app/test/invitations.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

test("an invited person joins in two trips, owners and admins are notified, and the link is used up", async () => {
  const team = await aTeam(db);
  const { person, cookie } = await anInvited({ name: "Nina New" });
  await send(team, { email: person.email, role: "admin" });
  const token = await linkOf(team, person.email);
  expect(await shown(token, cookie)).toMatchObject({
    preview: { viewer: { isInvited: true } },
    trips: 1,
  });
  const accepted = await answer(accept, token, cookie);
  expect([accepted.status, accepted.services.trace.trips]).toEqual([303, 2]);
  expect((accepted.body as Response).headers.get("Location")).toBe(
    `/organizations/${team.organization.slug}/dashboard`,
  );
  const [row] = await db.select().from(member).where(eq(member.userId, person.id));
  expect(row).toMatchObject({ organizationId: team.organization.id, role: "admin" });
  for (const { person: colleague } of [team.owner, team.admin]) {
    const told = await db.select().from(notification).where(eq(notification.userId, colleague.id));
    expect(told).toMatchObject([{ type: "member-joined", actorId: person.id, role: "admin" }]);
  }
  expect(await db.$count(notification, eq(notification.userId, team.plain.person.id))).toBe(0);
  const [own] = await db.select().from(notification).where(eq(notification.userId, person.id));
  expect(own?.readAt, "the notification of the invitation is read").not.toBeNull();
  const [entry] = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, team.organization.id))
    .orderBy(desc(auditEntry.sequence));
  expect(entry).toMatchObject({ action: "member.joined", actorId: person.id, after: { role: "admin" } });

  expect((await shown(token)).preview?.state).toBe("accepted");
  expect((await answer(accept, token, cookie)).status, "a second click leads to the organization").toBe(303);
  const other = await anInvited();
  expect((await answer(accept, token, other.cookie)).status).toBe(403);
});

test("opening an invitation link does not join the organization", async () => {
  const team = await aTeam(db);
  const { person, cookie } = await anInvited();
  await send(team, { email: person.email });
  const token = await linkOf(team, person.email);
  for (let visit = 0; visit < 3; visit += 1) await shown(token, cookie);
  expect(await isMember(person, team)).toBe(false);
  const asGet = await ask(accept, { url: `/accept-invite?id=${token}`, cookie, method: "GET" });
  expect(asGet.status).toBe(405);
});

test("only a person with the invited and verified address can accept or decline", async () => {
  const team = await aTeam(db);
  const email = anAddress();
  await send(team, { email });
  const token = await linkOf(team, email);
  const stranger = await anInvited();
  const unproved = await anInvited({ email, emailVerified: false });
  for (const { person, cookie } of [stranger, unproved]) {
    expect((await shown(token, cookie)).preview).toMatchObject({ viewer: { isInvited: false }, slug: null });
    for (const action of [accept, decline]) {
      const refused = await answer(action, token, cookie);
      expect([refused.status, messagesOf(refused)[""]?.[0]]).toEqual([
        403,
        expect.stringContaining("different email address"),
      ]);
    }
    expect(await isMember(person, team)).toBe(false);
  }
  expect((await listed(team)).map((each) => each.email)).toContain(email);
});

test("an expired, revoked, declined or unknown invitation cannot be accepted", async () => {
  const team = await aTeam(db);
  for (const [values, status] of [
    [{ expiresAt: new Date(Date.now() - 1000) }, 410],
    [{ status: "expired" as const }, 410],
    [{ status: "revoked" as const }, 410],
    [{ status: "declined" as const }, 410],
  ] as const) {
    const { person, cookie } = await anInvited();
    const { token } = await anInvitation(db, { organization: team.organization, email: person.email, ...values });
    expect((await answer(accept, token, cookie)).status, JSON.stringify(values)).toBe(status);
    expect(await isMember(person, team)).toBe(false);
    expect((await shown(token)).preview?.state).not.toBe("open");
  }
  const { cookie } = await anInvited();
  expect((await answer(accept, "no-such-token", cookie)).status).toBe(404);
  expect((await shown("no-such-token")).preview).toBeNull();
});

test("a person who declines an invitation cannot accept it later, and the inviter is notified", async () => {
  const team = await aTeam(db);
  const { person, cookie } = await anInvited();
  await send(team, { email: person.email, as: team.admin });
  const token = await linkOf(team, person.email);
  expect((await answer(decline, token, cookie)).status).toBe(303);
  expect((await answer(decline, token, cookie)).status, "declining twice succeeds").toBe(303);
  expect(await isMember(person, team)).toBe(false);
  expect(await listed(team)).toEqual([]);
  const told = await db.select().from(notification).where(eq(notification.userId, team.admin.person.id));
  expect(told).toMatchObject([{ type: "invitation-declined", actorId: person.id }]);
  expect(await db.$count(notification, eq(notification.userId, team.owner.person.id))).toBe(0);
  expect((await answer(accept, token, cookie)).status).toBe(410);
});

test("when twenty people accept at the same time with room for two, two of them become members", async () => {
  const team = await aTeam(db, { memberLimit: 5 });
  const guests = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const guest = await anInvited();
      const { token } = await anInvitation(db, { organization: team.organization, email: guest.person.email });
      return { ...guest, token };
    }),
  );
  const answered = await Promise.all(guests.map(({ token, cookie }) => answer(accept, token, cookie)));
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(2);
  expect(answered.filter(({ status }) => status === 409)).toHaveLength(18);
  const [row] = await db.select().from(organization).where(eq(organization.id, team.organization.id));
  expect(row?.memberCount).toBe(5);
  expect((await send(team)).status, "a full organization cannot invite").toBe(409);
});

test("one invitation accepted twenty times at once makes one member", async () => {
  const team = await aTeam(db);
  const { person, cookie } = await anInvited();
  const { token } = await anInvitation(db, { organization: team.organization, email: person.email });
  const answered = await Promise.all(Array.from({ length: 20 }, () => answer(accept, token, cookie)));
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(20);
  expect(await db.$count(member, eq(member.userId, person.id))).toBe(1);
  const joined = and(eq(auditEntry.actorId, person.id), eq(auditEntry.action, "member.joined"));
  expect(await db.$count(auditEntry, joined)).toBe(1);
});

test("when an invitation is revoked and accepted at the same time, only one of the two takes effect", async () => {
  for (let round = 0; round < 5; round += 1) {
    const team = await aTeam(db);
    const { person, cookie } = await anInvited();
    const made = await anInvitation(db, { organization: team.organization, email: person.email });
    const [, accepted] = await Promise.all([
      ask(revoke, { ...about(team, made, "revoke"), cookie: team.owner.cookie, form: {} }),
      answer(accept, made.token, cookie),
    ]);
    const isIn = await isMember(person, team);
    expect(await statusOf(made)).toBe(isIn ? "accepted" : "revoked");
    expect(accepted.status).toBe(isIn ? 303 : 410);
  }
});

test("an invitation to own is refused to a person who owns five already, and stays open", async () => {
  const team = await aTeam(db);
  const { person, cookie } = await anInvited();
  for (let owned = 0; owned < 5; owned += 1) await anOrganization(db, { members: [{ person, role: "owner" }] });
  const made = await anInvitation(db, { organization: team.organization, email: person.email, role: "owner" });
  expect((await answer(accept, made.token, cookie)).status).toBe(409);
  const change = { ...about(team, made, "role"), cookie: team.owner.cookie, form: { role: "admin" } };
  expect((await ask(changeRole, change)).status).toBe(303);
  expect((await answer(accept, made.token, cookie)).status).toBe(303);
});

test("an invitation cannot be read or changed through the URLs of another organization", async () => {
  const [mine, theirs] = [await aTeam(db), await aTeam(db)];
  const made = await anInvitation(db, { organization: theirs.organization });
  const { cookie } = mine.owner;
  expect((await ask(invitationPage, { ...about(mine, made, ""), cookie })).status).toBe(404);
  expect((await ask(revoke, { ...about(mine, made, "revoke"), cookie, form: {} })).status).toBe(404);
  expect((await ask(resend, { ...about(mine, made, "resend"), cookie, form: {} })).status).toBe(404);
  expect((await ask(changeRole, { ...about(mine, made, "role"), cookie, form: { role: "admin" } })).status).toBe(404);
  expect(await statusOf(made)).toBe("pending");
  expect(await listed(mine)).toEqual([]);
});

test("a member who tries another person's invitation gets 403 and does not use it up", async () => {
  const team = await aTeam(db);
  const made = await anInvitation(db, { organization: team.organization });
  for (const name of [made.token, made.id]) {
    expect((await answer(accept, name, team.plain.cookie)).status).toBe(403);
  }
  expect(await statusOf(made)).toBe("pending");
});

test("an invited person can also accept by the invitation's id; for others the id shows nothing", async () => {
  const team = await aTeam(db);
  const [guest, stranger] = [await anInvited(), await anInvited()];
  const made = await anInvitation(db, { organization: team.organization, email: guest.person.email });
  expect((await shown(made.id, guest.cookie)).preview).toMatchObject({ state: "open", viewer: { isInvited: true } });
  expect((await shown(made.id, stranger.cookie)).preview).toBeNull();
  expect((await shown(made.id)).preview).toBeNull();
  expect((await answer(accept, made.id, guest.cookie)).status).toBe(303);
  expect(await isMember(guest.person, team)).toBe(true);
});

test("the link of a revoked invitation shows only its state and the organization's name", async () => {
  const team = await aTeam(db);
  const made = await anInvitation(db, { organization: team.organization, status: "revoked" });
  expect((await shown(made.token)).preview).toEqual({
    state: "revoked",
    organizationName: team.organization.name,
    slug: null,
  });
});

test("an invitation says what keeps its person from accepting it, in its lists too, and nobody else learns of it", async () => {
  const team = await aTeam(db, { memberLimit: 1 });
  const invited = await anInvited();
  const other = await anInvited();
  const { token, id } = await anInvitation(db, {
    ...{ organization: team.organization, email: invited.person.email, role: "owner" },
  });
  const lackOf = async (cookie: string | null) => {
    const { preview } = await shown(token, cookie);
    return preview?.state === "open" && preview.viewer ? preview.viewer.lacks : "no viewer";
  };
  const { organization: place } = team;
  await db.insert(notification).values({
    ...{ id: crypto.randomUUID(), userId: invited.person.id, type: "invitation-received", invitationId: id },
    ...{ organizationId: place.id, organizationName: place.name },
  });
  const lackInBell = async () => {
    const { body } = await ask(api, { url: "/api/v1/pages/notifications", cookie: invited.cookie });
    return (body as Bell).newest?.[0]?.invitation?.open?.lacks;
  };
  const lackInLists = async () => [(await waiting(invited.cookie))[0]?.lacks, await lackInBell()];
  expect(await lackOf(invited.cookie)).toBe("organization-full");
  expect([await lackOf(other.cookie), await lackOf(null)]).toEqual([null, "no viewer"]);
  expect(await lackInLists()).toEqual(["organization-full", "organization-full"]);
  await db.update(organization).set({ memberLimit: 10 }).where(eq(organization.id, team.organization.id));
  expect(await lackOf(invited.cookie)).toBeNull();
  expect(await lackInLists()).toEqual([null, null]);
  for (let each = 0; each < ORGANIZATIONS_OWNED_MAXIMUM; each += 1) {
    await anOrganization(db, { members: [{ person: invited.person, role: "owner" }] });
  }
  expect([await lackOf(invited.cookie), await lackOf(other.cookie)]).toEqual(["too-many-owned", null]);
  expect(await lackInBell()).toBe("too-many-owned");
  await db.update(invitation).set({ role: "admin" }).where(eq(invitation.id, id));
  expect(await lackOf(invited.cookie)).toBeNull();
});
