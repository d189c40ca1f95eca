import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { type invitation, member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { m } from "#app/i18n/messages.ts";
import { answerTexts } from "#app/organizations/invitations/answer-view.tsx";
import { action as requestSignUp } from "#app/routes/account/sign-up.ts";
import { action as proveAddress } from "#app/routes/account/verify-email.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { action as resend } from "#app/routes/organizations/invitations.resend.ts";
import { action as changeRole } from "#app/routes/organizations/invitations.role.ts";
import { action as leave } from "#app/routes/organizations/leave.ts";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { action as giveRole } from "#app/routes/organizations/members.role.ts";
import { action as deleteAccount } from "#app/routes/settings/delete.ts";
import { aKey, anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import {
  about,
  anAddress,
  anInvited,
  answer,
  byOwner,
  isHeld,
  isMember,
  meanwhile,
  shown,
  statusOf,
  waiting,
} from "#app/test/invitations.ts";
import { linkIn } from "#app/test/mails.ts";
import { aBrowser, ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

const GOING: Record<string, (team: Team) => Promise<unknown>> = {
  "is removed": (team) => ask(remove, byOwner(team, team.admin, "remove")),
  "becomes a member": (team) => ask(giveRole, byOwner(team, team.admin, "role", { role: "member" })),
  leaves: (team) => ask(leave, { ...team.at("leave"), cookie: team.admin.cookie, form: {} }),
  "deletes their account": ({ admin: { person, cookie } }) =>
    ask(deleteAccount, { url: "/settings/account/delete", cookie, form: { email: person.email } }),
};

async function invited(team: Team, values: Partial<typeof invitation.$inferInsert> = {}) {
  const { person, cookie } = await anInvited();
  const { organization } = team;
  const made = await anInvitation(db, {
    organization,
    email: person.email,
    inviterId: team.admin.person.id,
    ...values,
  });
  await db.insert(notification).values({
    ...{ id: made.id.replaceAll("-", ""), userId: person.id, type: "invitation-received", role: made.role },
    ...{ organizationId: organization.id, organizationName: organization.name, invitationId: made.id },
  });
  return { person, cookie, made };
}

const openInBell = async (cookie: string) => {
  const { body } = await ask(api, { url: "/api/v1/pages/notifications", cookie });
  return (body as { newest: { invitation: { open: { id: string } | null } }[] }).newest[0]?.invitation.open?.id ?? null;
};

for (const [goes, going] of Object.entries(GOING)) {
  test(`an invitation by an admin who ${goes} a moment before cannot be accepted until an owner resends it`, async () => {
    const team = await aTeam(db);
    const { person, cookie, made } = await invited(team, { role: "admin" });
    expect([await isHeld(team, made), (await waiting(cookie)).length, await openInBell(cookie)]).toEqual([
      true,
      1,
      made.id,
    ]);
    expect(
      (
        await meanwhile(
          () => going(team),
          () => answer(accept, made.token, cookie),
        )
      ).status,
    ).toBe(410);
    expect((await answer(accept, made.id, cookie)).status).toBe(410);
    expect([await isMember(person, team), await statusOf(made)]).toEqual([false, "pending"]);
    const { preview } = await shown(made.token, cookie);
    expect(preview).toEqual({ state: "lapsed", organizationName: team.organization.name, slug: null });
    expect(answerTexts(preview)).toEqual({
      title: "This invitation is no longer valid",
      description: `Ask someone at ${team.organization.name} to send a new one.`,
    });
    expect([await isHeld(team, made), await waiting(cookie), await openInBell(cookie)]).toEqual([false, [], null]);

    const again = { ...about(team, made, "resend"), cookie: team.owner.cookie, form: {} };
    expect((await ask(resend, again)).status).toBe(303);
    expect([await isHeld(team, made), (await waiting(cookie)).length, await openInBell(cookie)]).toEqual([
      true,
      1,
      made.id,
    ]);
    expect((await answer(accept, made.id, cookie)).status).toBe(303);
    expect(await isMember(person, team)).toBe(true);
  });
}

test("when an owner becomes an admin, their owner invitations lapse and their others stay valid", async () => {
  const team = await aTeam(db);
  const former = await team.join("owner");
  const inviterId = former.person.id;
  const [own, help] = [
    await invited(team, { inviterId, role: "owner" }),
    await invited(team, { inviterId, role: "admin" }),
  ];
  await ask(giveRole, byOwner(team, former, "role", { role: "admin" }));
  expect(await team.roleOf(former)).toBe("admin");
  expect((await answer(accept, own.made.token, own.cookie)).status).toBe(410);
  expect((await answer(accept, help.made.token, help.cookie)).status).toBe(303);
});

test("an invitation is valid by the role its inviter has now in this organization, not in another one", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const { cookie, made } = await invited(team, { inviterId: other.admin.person.id });
  expect((await answer(accept, made.token, cookie)).status).toBe(410);
  await team.join("member", other.admin.person);
  expect((await answer(accept, made.token, cookie)).status).toBe(410);
  await db.update(member).set({ role: "admin" }).where(eq(member.userId, other.admin.person.id));
  expect((await answer(accept, made.token, cookie)).status).toBe(303);
});

test("an invitation by a key is valid while the key is, even after the key's creator is removed", async () => {
  const lives: [Partial<typeof apiKey.$inferInsert>, number][] = [
    [{ lastUsedAt: new Date() }, 303],
    [{ expiresAt: new Date(Date.now() + 60_000) }, 303],
    [{ revokedAt: new Date() }, 410],
    [{ permissions: ["invitation:update"] }, 410],
    [{ expiresAt: new Date(Date.now() - 1000) }, 410],
  ];
  for (const [values, status] of lives) {
    const team = await aTeam(db);
    const organizationId = team.organization.id;
    const key = await aKey(db, { organizationId, createdBy: team.admin.person.id, permissions: ["invitation:create"] });
    const { cookie, made } = await invited(team, { inviterId: null, inviterKeyId: key.id, role: "admin" });
    await ask(remove, byOwner(team, team.admin, "remove"));
    expect(await isHeld(team, made)).toBe(true);
    await db.update(apiKey).set(values).where(eq(apiKey.id, key.id));
    expect((await answer(accept, made.token, cookie)).status, JSON.stringify(values)).toBe(status);
  }
  const [here, elsewhere] = [await aTeam(db), await aTeam(db)];
  const key = await aKey(db, { organizationId: elsewhere.organization.id, permissions: ["invitation:create"] });
  for (const values of [{ inviterKeyId: key.id }, { inviterKeyId: null }]) {
    const { cookie, made } = await invited(here, { inviterId: null, ...values });
    expect((await answer(accept, made.token, cookie)).status).toBe(410);
  }
});

test("an invitation whose role an owner has changed stays valid after the admin who sent it is removed", async () => {
  const team = await aTeam(db);
  const { cookie, made } = await invited(team);
  const change = { ...about(team, made, "role"), cookie: team.owner.cookie, form: { role: "owner" } };
  expect((await ask(changeRole, change)).status).toBe(303);
  await ask(remove, byOwner(team, team.admin, "remove"));
  expect((await answer(accept, made.token, cookie)).status).toBe(303);
});

test("an owner or a key can revive a lapsed invitation by giving it its role again; repeating that changes nothing", async () => {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const { secret } = await aKey(db, { organizationId, permissions: ["invitation:create", "invitation:update"] });
  const headers = { Authorization: `Bearer ${secret}` };
  const ways: ((made: { id: string }) => Promise<{ status: number }>)[] = [
    (made) => ask(changeRole, { ...about(team, made, "role"), cookie: team.owner.cookie, form: { role: "admin" } }),
    ({ id }) => {
      const url = `/api/v1/organizations/${slug}/invitations/${id}`;
      return ask(api, { url, method: "PATCH", json: { role: "admin" }, headers });
    },
  ];
  for (const giving of ways) {
    const { person, cookie, made } = await invited(team, { role: "admin", inviterId: team.plain.person.id });
    const entries = () => db.$count(auditEntry, eq(auditEntry.targetId, made.id));
    for (const _again of [1, 2]) expect([204, 303]).toContain((await giving(made)).status);
    expect([await isHeld(team, made), await entries()]).toEqual([true, 1]);
    expect((await answer(accept, made.token, cookie)).status).toBe(303);
    expect(await isMember(person, team)).toBe(true);
  }
});

test("a key that may not invite can neither resend an invitation nor change its role", async () => {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const { secret } = await aKey(db, { organizationId, permissions: ["invitation:update"] });

  for (const [inviterId, status] of [
    [team.plain.person.id, 410],
    [team.admin.person.id, 303],
  ] as const) {
    const { person, cookie, made } = await invited(team, { inviterId });
    const url = `/api/v1/organizations/${slug}/invitations/${made.id}`;
    const asked = { headers: { Authorization: `Bearer ${secret}` } };
    const answers = [
      await ask(api, { url, ...asked, method: "PATCH", json: { role: "admin" } }),
      await ask(api, { url, ...asked, method: "PATCH", json: { role: "member" } }),
      await ask(api, { url: `${url}/resend`, ...asked, method: "POST", json: {} }),
    ];
    expect(answers.map((each) => each.status)).toEqual([403, 403, 403]);
    for (const { body } of answers)
      expect(body).toMatchObject({ code: "may-not-invite", detail: m.invitations_key_refused() });
    expect(await db.$count(mail, eq(mail.recipient, person.email))).toBe(0);
    expect((await answer(accept, made.token, cookie)).status).toBe(status);
    expect(await db.$count(member, and(eq(member.userId, person.id), eq(member.role, "admin")))).toBe(0);
  }
});

test("a new person is notified of the valid invitations to their address and of no others", async () => {
  const [team, other, late] = [await aTeam(db), await aTeam(db), await aTeam(db)];
  const email = anAddress();
  const held = await anInvitation(db, { organization: team.organization, email });
  await anInvitation(db, { organization: late.organization, email, expiresAt: new Date(Date.now() - 1) });
  await anInvitation(db, { organization: other.organization, email, inviterId: other.plain.person.id });
  const browser = aBrowser();
  const form = { name: "Nina New", email, password: "nine brown owls at dusk", redirectTo: "/" };
  await browser.ask(requestSignUp, { url: "/signup", form });
  const token = await linkIn(db, email, "/verify-email");
  expect((await browser.ask(proveAddress, { url: `/verify-email?token=${token}`, form: { token } })).status).toBe(303);
  const told = await db
    .select({ id: notification.invitationId })
    .from(notification)
    .innerJoin(user, eq(user.id, notification.userId))
    .where(eq(user.email, email));
  expect(told).toEqual([{ id: held.id }]);
});

test("the bell offers an invitation only while the person has the invited address", async () => {
  const { person, cookie, made } = await invited(await aTeam(db));
  expect(await openInBell(cookie)).toBe(made.id);
  await db.update(user).set({ email: anAddress() }).where(eq(user.id, person.id));
  expect([await openInBell(cookie), (await answer(accept, made.id, cookie)).status]).toEqual([null, 403]);
});
