import { and, eq, isNull } from "drizzle-orm";
import { expect, test } from "vitest";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import { expireInvitations } from "#app/organizations/invitations/expiry.server.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { action as decline } from "#app/routes/invitations/decline.tsx";
import { action as resend } from "#app/routes/organizations/invitations.resend.ts";
import { action as revoke } from "#app/routes/organizations/invitations.revoke.ts";
import { action as deleteOrganization } from "#app/routes/organizations/settings.delete.ts";
import { testDatabase } from "#app/test/database.ts";
import { about, anInvited, answer, send } from "#app/test/invitations.ts";
import { aLink, follow } from "#app/test/invite-links.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

/** An invited person whose mail could not be sent so far. */
async function anInvitedOf(team: Team, { email, cookie = "" }: { email: string; cookie?: string }) {
  await send(team, { email });
  const { id } = await theirs(team, email);
  await wait(email);
  return { id, email, cookie };
}

type Invited = Awaited<ReturnType<typeof anInvitedOf>>;

async function theirs({ organization }: Team, email: string) {
  const [row] = await db
    .select()
    .from(invitation)
    .where(and(eq(invitation.email, email), eq(invitation.organizationId, organization.id)));
  if (row === undefined) throw new Error("There is no invitation.");
  return row;
}

const wait = (email: string) =>
  db
    .update(mail)
    .set({ status: "waiting", nextAttemptAt: new Date(Date.now() + HOUR_MS), data: { url: "https://secret.test" } })
    .where(eq(mail.recipient, email));

const mailsTo = (email: string) =>
  db
    .select({ status: mail.status, data: mail.data })
    .from(mail)
    .where(eq(mail.recipient, email))
    .orderBy(mail.createdAt);

const unread = (email: string) =>
  db
    .select({ type: notification.type })
    .from(notification)
    .innerJoin(invitation, eq(invitation.id, notification.invitationId))
    .where(and(eq(invitation.email, email), eq(notification.type, "invitation-received"), isNull(notification.readAt)));

const lapse = (email: string) =>
  db
    .update(invitation)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(invitation.email, email));

const ENDS: Record<string, (team: Team, invited: Invited) => Promise<unknown>> = {
  "is revoked": (team, { id }) =>
    ask(revoke, { ...about(team, { id }, "revoke"), cookie: team.owner.cookie, form: {} }),
  "is accepted": (_, { id, cookie }) => answer(accept, id, cookie),
  "is declined": (_, { id, cookie }) => answer(decline, id, cookie),
  "came with a link that was followed": async (team, { cookie }) => follow((await aLink(team)).token, cookie),
  expires: async (_, { email }) => {
    await lapse(email);
    await expireInvitations({ db, now: new Date() });
  },
  "is of an organization that is deleted": (team) =>
    ask(deleteOrganization, {
      ...team.at("settings/delete"),
      cookie: team.owner.cookie,
      form: { name: "Ended Works" },
    }),
};

for (const [ends, ending] of Object.entries(ENDS)) {
  test(`when an invitation ${ends}, its waiting mail is not sent and its notification becomes read`, async () => {
    const [team, other] = [await aTeam(db, { name: "Ended Works" }), await aTeam(db)];
    const { person, cookie } = await anInvited();
    const invited = await anInvitedOf(team, { email: person.email, cookie });
    const [told] = await db.select().from(notification).where(eq(notification.userId, person.id));
    const elsewhere = await anInvitedOf(other, await anInvited().then(({ person: { email } }) => ({ email })));
    await ending(team, invited);
    expect(await mailsTo(person.email)).toEqual([{ status: "given-up", data: {} }]);
    const [closed] = await db
      .select()
      .from(notification)
      .where(eq(notification.id, told?.id ?? ""));
    expect(closed?.readAt).not.toBeNull();
    expect((await mailsTo(elsewhere.email)).map(({ status }) => status)).toEqual(["waiting"]);
    expect(await unread(elsewhere.email)).toHaveLength(1);
  });
}

test("resending an invitation cancels its earlier mail, and revoking it cancels the new mail too", async () => {
  const team = await aTeam(db);
  const { person } = await anInvited();
  const { id, email } = await anInvitedOf(team, person);
  const at = (what: string) => ({ ...about(team, { id }, what), cookie: team.owner.cookie, form: {} });
  expect((await ask(resend, at("resend"))).status).toBe(303);
  expect((await mailsTo(email)).map(({ status }) => status).filter((status) => status === "given-up")).toHaveLength(1);
  expect(await unread(email), "the notification is still unread").toHaveLength(1);
  const { mailId } = await theirs(team, email);
  await db
    .update(mail)
    .set({ status: "waiting" })
    .where(eq(mail.id, mailId ?? ""));
  expect((await ask(revoke, at("revoke"))).status).toBe(303);
  expect((await mailsTo(email)).map(({ status }) => status)).toEqual(["given-up", "given-up"]);
});

test("a new or resent invitation ends an expired one to the same address and notifies its inviter once", async () => {
  for (const way of ["invites", "sends another again"] as const) {
    const team = await aTeam(db);
    const { person } = await anInvited();
    const { id } = await anInvitedOf(team, person);
    if (way === "sends another again") {
      // The schedule ended this invitation a while ago, and the one after it has expired too.
      await db.update(invitation).set({ status: "expired" }).where(eq(invitation.id, id));
      await db.update(notification).set({ readAt: new Date() }).where(eq(notification.invitationId, id));
      await send(team, { email: person.email });
    }
    await lapse(person.email);
    const told = (to: { person: { id: string } }) =>
      db.$count(notification, and(eq(notification.userId, to.person.id), eq(notification.type, "invitation-expired")));
    const by = { cookie: team.admin.cookie };
    const { status } =
      way === "invites"
        ? await send(team, { email: person.email, as: team.admin })
        : await ask(resend, { ...about(team, { id }, "resend"), ...by, form: {} });
    expect(status).toBe(303);
    const expected = way === "invites" ? 1 : 0;
    expect(await unread(person.email)).toHaveLength(expected);
    expect([await told(team.owner), await told(team.admin)], "the person who ends it is not notified").toEqual([1, 0]);
    await expireInvitations({ db, now: new Date() });
    expect(await told(team.owner)).toBe(1);
  }
});
