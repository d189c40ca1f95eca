import { env } from "cloudflare:test";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { action as resend } from "#app/routes/organizations/invitations.resend.ts";
import { action as revoke } from "#app/routes/organizations/invitations.revoke.ts";
import { action as changeRole } from "#app/routes/organizations/invitations.role.ts";
import { action as invite } from "#app/routes/organizations/invitations.ts";
import { loader as welcome } from "#app/routes/organizations/welcome.tsx";
import { aKey, anInvitation, type Invitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import {
  about,
  anAddress,
  anInvited,
  linkOf,
  listed,
  messagesOf,
  send,
  shown,
  statusOf,
} from "#app/test/invitations.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { mailsTo } from "#app/test/mails.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { runSchedule } from "../../../workers/schedule.ts";
import { INVITATIONS_PER_DAY } from "../limits.ts";

const db = testDatabase();

/** The tokens of the links in the mails to an address. */
const mailedTo = async (email: string) =>
  (await mailsTo(db, email)).map(({ text }) => text.match(/\/accept-invite\?id=([\w-]+)/)?.[1]);

test("a form sent twice invites once, and answers both times as if it were the first", async () => {
  const team = await aTeam(db);
  const once = crypto.randomUUID();
  const email = anAddress();
  const submit = (form: Record<string, string>, as = team.owner) =>
    ask(invite, { ...team.at("invitations"), cookie: as.cookie, form: { role: "member", once, ...form } });
  const invited = () => db.select().from(invitation).where(eq(invitation.email, email));
  const both = await Promise.all([submit({ email }), submit({ email })]);
  const again = await submit({ email });
  expect([...both, again].map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await invited()).toHaveLength(1);
  expect(await db.$count(mail, eq(mail.recipient, email))).toBe(1);
  expect((await submit({ email, once: crypto.randomUUID() })).status, "another form").toBe(409);
  expect((await submit({ email }, team.admin)).status, "another person").toBe(409);
  expect((await submit({ email: anAddress() })).status, "another address").toBe(303);

  const [{ id }] = (await invited()) as [Invitation];
  await ask(revoke, { ...about(team, { id }, "revoke"), cookie: team.owner.cookie, form: {} });
  expect((await submit({ email })).status, "the first invitation was revoked").toBe(303);
  expect((await invited()).map(({ status }) => status).sort()).toEqual(["pending", "revoked"]);
});

test("a declined invitation cannot be given a role, not even the one it has", async () => {
  const team = await aTeam(db);
  for (const role of ["member", "admin"] as const) {
    const answered = await anInvitation(db, { organization: team.organization, role: "member", status: "declined" });
    const asked = { ...about(team, answered, "role"), cookie: team.owner.cookie, form: { role } };
    expect((await ask(changeRole, asked)).status, role).toBe(404);
  }
});

test("inviting a person with an account makes a row, a mail, an entry and a notification, in two trips", async () => {
  const team = await aTeam(db, { name: "Inviting Ltd" });
  const { person } = await anInvited();
  const { status, services } = await send(team, { email: ` ${person.email.toUpperCase()} `, role: "admin" });
  expect([status, services.trace.trips]).toEqual([303, 2]);
  const [row] = await db.select().from(invitation).where(eq(invitation.email, person.email));
  expect(row).toMatchObject({ role: "admin", status: "pending", inviterId: team.owner.person.id });
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(6.9 * DAY_MS);
  const [sent] = await db
    .select()
    .from(mail)
    .where(eq(mail.id, row?.mailId ?? ""));
  expect(sent).toMatchObject({ recipient: person.email, template: "invitation", status: "sent", data: {} });
  const [entry] = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.targetId, row?.id ?? ""));
  expect(entry).toMatchObject({ action: "invitation.created", targetName: person.email, after: { role: "admin" } });
  const told = await db.select().from(notification).where(eq(notification.userId, person.id));
  expect(told).toMatchObject([{ type: "invitation-received", invitationId: row?.id, role: "admin", readAt: null }]);
});

test("an invitation's row does not contain its link, and the list still shows the link that was mailed", async () => {
  const team = await aTeam(db);
  const email = anAddress();
  await send(team, { email });
  const token = await linkOf(team, email);
  expect(token).toMatch(/^[\w-]{43}$/);
  const [row] = await db.select().from(invitation).where(eq(invitation.email, email));
  expect(JSON.stringify(row)).not.toContain(token);
  expect(await mailedTo(email)).toEqual([token]);
  expect((await shown(token)).preview).toMatchObject({
    state: "open",
    email,
    organizationName: team.organization.name,
  });
});

test("of twenty invitations of one address at once, one is made", async () => {
  const team = await aTeam(db);
  const email = anAddress();
  const answered = await Promise.all(Array.from({ length: 20 }, () => send(team, { email })));
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answered.filter(({ status }) => status === 409)).toHaveLength(19);
  expect(await db.$count(invitation, eq(invitation.email, email))).toBe(1);
  expect(await db.$count(mail, eq(mail.recipient, email))).toBe(1);
  expect(messagesOf(answered.find(({ status }) => status === 409) ?? { body: null }).email?.[0]).toContain(
    "pending invitation",
  );
});

test("of twenty invitations at once with room for three, three are made", async () => {
  const team = await aTeam(db);
  for (let open = 0; open < 97; open += 1) await anInvitation(db, { organization: team.organization });
  const answered = await Promise.all(Array.from({ length: 20 }, () => send(team)));
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(3);
  expect(answered.filter(({ status }) => status === 409)).toHaveLength(17);
  const own = eq(invitation.organizationId, team.organization.id);
  expect(await db.$count(invitation, and(own, eq(invitation.status, "pending")))).toBe(100);
});

test("an admin can invite admins but no owners, and cannot change, resend or revoke an owner invitation", async () => {
  const team = await aTeam(db);
  const refused = await send(team, { role: "owner", as: team.admin });
  expect([refused.status, messagesOf(refused).role?.[0]]).toEqual([
    403,
    expect.stringContaining("Only owners can invite"),
  ]);
  expect((await send(team, { role: "admin", as: team.admin })).status).toBe(303);
  expect((await send(team, { role: "admin,owner" })).status).toBe(400);
  const made = await anInvitation(db, { organization: team.organization, role: "owner" });
  const as = { cookie: team.admin.cookie };
  expect((await ask(revoke, { ...about(team, made, "revoke"), ...as, form: {} })).status).toBe(403);
  expect((await ask(resend, { ...about(team, made, "resend"), ...as, form: {} })).status).toBe(403);
  expect((await ask(changeRole, { ...about(team, made, "role"), ...as, form: { role: "admin" } })).status).toBe(403);
  const plain = await anInvitation(db, { organization: team.organization });
  expect((await ask(changeRole, { ...about(team, plain, "role"), ...as, form: { role: "owner" } })).status).toBe(403);
  expect([await statusOf(made), await statusOf(plain)]).toEqual(["pending", "pending"]);
});

test("resending an expired invitation makes it valid again and mails the same link once more", async () => {
  const team = await aTeam(db);
  const email = anAddress();
  await send(team, { email });
  const token = await linkOf(team, email);
  const [made] = await db.select().from(invitation).where(eq(invitation.email, email));
  if (made === undefined) throw new Error("No invitation was made.");
  await db
    .update(invitation)
    .set({ expiresAt: new Date(Date.now() - DAY_MS) })
    .where(eq(invitation.id, made.id));
  expect((await listed(team))[0]).toMatchObject({ isExpired: true });
  const again = await ask(resend, { ...about(team, made, "resend"), cookie: team.owner.cookie, form: {} });
  expect([again.status, again.services.trace.trips]).toEqual([303, 2]);
  expect((await listed(team))[0]).toMatchObject({ isExpired: false, delivery: "sent" });
  expect(await mailedTo(email)).toEqual([token, token]);
  expect((await shown(token)).preview?.state).toBe("open");
});

test("a member cannot be invited, and an expired invitation can be replaced by a new one", async () => {
  const team = await aTeam(db);
  const member = await send(team, { email: team.plain.person.email });
  expect([member.status, messagesOf(member).email?.[0]]).toEqual([409, expect.stringContaining("already a member")]);
  const old = await anInvitation(db, { organization: team.organization, expiresAt: new Date(Date.now() - 1) });
  expect((await send(team, { email: old.email })).status).toBe(303);
  expect(await statusOf(old)).toBe("expired");
});

test("an organization can send twenty invitations an hour, and attempts without permission do not count", async () => {
  const team = await aTeam(db);
  const outsider = (await aTeam(db)).owner;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    expect((await send(team, { as: outsider })).status).toBe(404);
    expect((await send(team, { as: team.plain })).status).toBe(403);
  }
  expect(await db.$count(rateLimit, eq(rateLimit.key, `invite:${team.organization.id}`))).toBe(0);
  const statuses = [];
  for (let attempt = 0; attempt < 21; attempt += 1) statuses.push((await send(team)).status);
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(303));
  expect(statuses[20]).toBe(429);
});

test("a person sends forty invitations a day, however many organizations they are sent from", async () => {
  const teams = await Promise.all(Array.from({ length: 3 }, () => aTeam(db)));
  const { person } = await anInvited();
  const joined = await Promise.all(teams.map(async (team) => ({ team, as: await team.join("owner", person) })));
  const [first, second, third] = joined as [(typeof joined)[0], (typeof joined)[0], (typeof joined)[0]];
  for (const { team, as } of [first, second]) {
    for (let times = 0; times < 20; times += 1) expect((await send(team, { as })).status).toBe(303);
  }
  const refused = await send(third.team, { as: third.as });
  expect([refused.status, messagesOf(refused)]).toEqual([429, { "": [expect.stringContaining("24 hours")] }]);
  expect(Number(refused.services.trace.headers.get("Retry-After"))).toBeGreaterThan(86_000);
  expect(await listed(third.team)).toEqual([]);
  expect((await send(third.team)).status, "another owner of the organization still can").toBe(303);
});

test("the keys of an organization send forty invitations a day together, however many it has", async () => {
  const { team, call } = await aKeyedTeam(db, ["invitation:create"]);
  const { id: organizationId } = team.organization;
  const { secret } = await aKey(db, { organizationId, permissions: ["invitation:create"] });
  const other = { headers: { Authorization: `Bearer ${secret}` } };
  const invites = () => ({ method: "POST", json: { email: anAddress(), role: "member" } });
  expect((await call("/invitations", invites())).status).toBe(201);
  const together = eq(rateLimit.key, `invites:keys:${organizationId}`);
  await db
    .update(rateLimit)
    .set({ count: INVITATIONS_PER_DAY - 1 })
    .where(together);
  expect((await call("/invitations", { ...invites(), ...other })).status).toBe(201);
  expect((await call("/invitations", { ...invites(), ...other })).status).toBe(429);
  expect((await call("/invitations", invites())).status).toBe(429);
  expect((await send(team)).status, "a person still can").toBe(303);
});

test("an address can be invited three times a day, counted across all organizations", async () => {
  const email = anAddress();
  const teams = await Promise.all(Array.from({ length: 4 }, () => aTeam(db)));
  const answered = [];
  for (const team of teams) answered.push(await send(team, { email }));
  expect(answered.map(({ status }) => status)).toEqual([303, 303, 303, 429]);
  const [last, lastTeam] = [answered[3], teams[3]];
  if (last === undefined || lastTeam === undefined) throw new Error("There is no fourth team.");
  expect(messagesOf(last).email).toEqual([expect.stringContaining("tomorrow")]);
  expect(await db.$count(mail, eq(mail.recipient, email))).toBe(3);
  expect(await listed(lastTeam)).toEqual([]);
  const [made] = await db.select().from(invitation).where(eq(invitation.email, email));
  const own = teams.find(({ organization: { id } }) => id === made?.organizationId);
  if (made === undefined || own === undefined) throw new Error("There is no invitation.");
  const again = await ask(resend, { ...about(own, made, "resend"), cookie: own.owner.cookie, form: {} });
  expect(again.status).toBe(429);
  await db
    .update(mail)
    .set({ createdAt: new Date(Date.now() - DAY_MS - 1000) })
    .where(eq(mail.recipient, email));
  expect((await send(lastTeam, { email })).status, "the address can be invited again a day later").toBe(303);
});

test("a mail that fails shows on its invitation", async () => {
  const team = await aTeam(db);
  const email = anAddress();
  await send(team, { email });
  const [made] = await db.select().from(invitation).where(eq(invitation.email, email));
  const mailId = made?.mailId ?? "";
  const deliveryWith = async (values: Partial<typeof mail.$inferInsert>) => {
    await db.update(mail).set(values).where(eq(mail.id, mailId));
    return (await listed(team))[0]?.delivery;
  };
  expect(await deliveryWith({ status: "waiting", attempts: 2, lastError: "Resend responded with 500" })).toBe(
    "delayed",
  );
  expect(await deliveryWith({ status: "given-up" })).toBe("failed");
  await ask(resend, { ...about(team, made as Invitation, "resend"), cookie: team.owner.cookie, form: {} });
  expect((await listed(team))[0]?.delivery).toBe("sent");
});

test("before inviting, only invitations that are still open are counted", async () => {
  const team = await aTeam(db);
  const here = { organization: team.organization };
  await anInvitation(db, here);
  await anInvitation(db, { ...here, expiresAt: new Date(Date.now() - 1) });
  await anInvitation(db, { ...here, status: "revoked" });
  const { body } = await ask(welcome, { ...team.at("welcome"), cookie: team.owner.cookie });
  expect(body).toMatchObject({ pending: 1, isFull: false });
});

test("an expired invitation is listed for thirty days, so that it can be sent again", async () => {
  const team = await aTeam(db);
  const expired = (days: number) =>
    anInvitation(db, {
      organization: team.organization,
      status: "expired",
      expiresAt: new Date(Date.now() - days * DAY_MS),
    });
  const [, recent] = [await expired(31), await expired(29)];
  expect((await listed(team)).map(({ id }) => id)).toEqual([recent.id]);
});

test("the schedule closes an expired invitation and notifies the person who sent it", async () => {
  const team = await aTeam(db);
  const made = await anInvitation(db, {
    organization: team.organization,
    inviterId: team.admin.person.id,
    expiresAt: new Date(Date.now() - 1000),
  });
  const open = await anInvitation(db, { organization: team.organization, inviterId: team.admin.person.id });
  await runSchedule(env);
  await runSchedule(env);
  expect([await statusOf(made), await statusOf(open)]).toEqual(["expired", "pending"]);
  const told = await db.select().from(notification).where(eq(notification.userId, team.admin.person.id));
  expect(told).toMatchObject([{ type: "invitation-expired", invitationId: made.id, actorId: null }]);
});

test("resending has the limits of inviting: not a member, room for members, at most a hundred open ones", async () => {
  const team = await aTeam(db);
  const again = (made: Invitation) =>
    ask(resend, { ...about(team, made, "resend"), cookie: team.owner.cookie, form: {} });
  const over = { organization: team.organization, expiresAt: new Date(Date.now() - DAY_MS) };
  const member = await anInvitation(db, { ...over, email: team.plain.person.email, status: "expired" });
  expect((await again(member)).status).toBe(409);
  expect(
    (await listed(team)).map(({ id }) => id),
    "the list does not offer it",
  ).not.toContain(member.id);
  const runOut = await anInvitation(db, over);
  for (let open = 0; open < 100; open += 1) await anInvitation(db, { organization: team.organization });
  expect((await again(runOut)).status).toBe(409);
  await db.update(organization).set({ memberLimit: 3 }).where(eq(organization.id, team.organization.id));
  expect(messagesOf(await again(runOut))[""]?.[0]).toContain("member limit");
});

test("a new slug does not reset the invitation limit of an organization", async () => {
  const team = await aTeam(db);
  for (let attempt = 0; attempt < 20; attempt += 1) await send(team);
  const slug = `moved-${team.organization.id.slice(0, 8)}`;
  await db.update(organization).set({ slug }).where(eq(organization.id, team.organization.id));
  const at = { url: `/organizations/${slug}/invitations`, params: { organization: slug } };
  const over = await ask(invite, { ...at, cookie: team.owner.cookie, form: { email: anAddress(), role: "member" } });
  expect(over.status).toBe(429);
});

test("a link made with another secret is not shown, and resending the invitation makes a new link", async () => {
  const team = await aTeam(db);
  const made = await anInvitation(db, { organization: team.organization });
  expect((await listed(team))[0]?.link).toBeNull();
  await ask(resend, { ...about(team, made, "resend"), cookie: team.owner.cookie, form: {} });
  expect((await shown(await linkOf(team, made.email))).preview?.state).toBe("open");
});

test("revoking an invitation marks its notification as read", async () => {
  const team = await aTeam(db);
  const { person } = await anInvited();
  await send(team, { email: person.email });
  const [made] = await db.select().from(invitation).where(eq(invitation.email, person.email));
  await ask(revoke, { ...about(team, made as Invitation, "revoke"), cookie: team.owner.cookie, form: {} });
  const [told] = await db.select().from(notification).where(eq(notification.userId, person.id));
  expect(told?.readAt).not.toBeNull();
});
