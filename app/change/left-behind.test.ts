import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { action as leave } from "#app/routes/organizations/leave.ts";
import { action as removeMember } from "#app/routes/organizations/members.remove.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { action as deleteAccount } from "#app/routes/settings/delete.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { mailsTo } from "#app/test/mails.ts";
import { anEndpoint } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

const opens = async ({ organization }: Team, secret: string) => {
  const url = `/api/v1/organizations/${organization.slug}/dashboard`;
  return (await ask(api as never, { url, headers: { Authorization: `Bearer ${secret}` } })).status;
};

const told = async ({ person }: Colleague, type: string) =>
  (await db.select().from(notification).where(eq(notification.userId, person.id))).filter((each) => each.type === type);

const mailed = async ({ person }: Colleague, template: string) =>
  db.$count(mail, and(eq(mail.recipient, person.email), eq(mail.template, template)));

const getsRole = (team: Team, who: Colleague, role: string) =>
  ask(changeRole, {
    ...team.at(`members/${who.member}/role`, { member: who.member }),
    cookie: team.owner.cookie,
    form: { role },
  });

const departures: Record<string, (team: Team, who: Colleague) => Promise<{ status: number }>> = {
  leaves: (team, who) => ask(leave, { ...team.at("leave"), cookie: who.cookie, form: {} }),
  "is removed": (team, who) =>
    ask(removeMember, {
      ...team.at(`members/${who.member}/remove`, { member: who.member }),
      cookie: team.owner.cookie,
      form: {},
    }),
  "is made a member": (team, who) => getsRole(team, who, "member"),
  "deletes the account": (_team, who) =>
    ask(deleteAccount, { url: "/settings/account/delete", cookie: who.cookie, form: { email: who.person.email } }),
};

for (const [departure, depart] of Object.entries(departures)) {
  test(`the key of an admin who ${departure} works on, and every owner is told once, in the bell and by mail`, async () => {
    const team = await aTeam(db, { name: "Key Works" });
    const elsewhere = await aTeam(db);
    const second = await team.join("owner");
    const { id: organizationId } = team.organization;
    const createdBy = team.admin.person.id;
    const key = await aKey(db, { organizationId, createdBy, name: "Import" });
    await aKey(db, { organizationId, createdBy, name: "Backup" });
    await aKey(db, { organizationId, createdBy, name: "Gone", revokedAt: new Date() });
    await aKey(db, { organizationId, createdBy: team.owner.person.id, name: "Kept" });
    expect((await depart(team, team.admin)).status).toBe(303);
    expect(await opens(team, key.secret)).toBe(200);
    for (const owner of [team.owner, second]) {
      const news = await told(owner, "key-maker-left");
      expect(news.map(({ organizationName }) => organizationName)).toEqual(["Key Works"]);
      expect(await mailed(owner, "key-maker-left")).toBe(1);
      const [message] = await mailsTo(db, owner.person.email);
      expect(message?.text).toMatch(/Import, Backup|Backup, Import/);
      expect(message?.text).not.toMatch(/Gone|Kept/);
    }
    for (const other of [team.admin, team.plain, elsewhere.owner])
      expect(await mailed(other, "key-maker-left")).toBe(0);
  });

  test(`every owner is told once which webhooks of an admin who ${departure} still send`, async () => {
    const team = await aTeam(db);
    const second = await team.join("owner");
    const { id: organizationId } = team.organization;
    const createdBy = team.admin.person.id;
    const url = "https://hooks.acme.example/secret-path";
    await anEndpoint(db, { organizationId, createdBy, url });
    await anEndpoint(db, { organizationId, createdBy, url, description: "Shipping" });
    const off = { disabledAt: new Date(), disabledBecause: "person" } as const;
    await anEndpoint(db, { organizationId, createdBy, url, description: "Off", ...off });
    await anEndpoint(db, { organizationId, createdBy: second.person.id, url, description: "Kept" });
    expect((await depart(team, team.admin)).status).toBe(303);
    for (const owner of [team.owner, second]) {
      expect(await told(owner, "webhook-maker-left")).toHaveLength(1);
      expect(await mailed(owner, "webhook-maker-left")).toBe(1);
      const [message] = await mailsTo(db, owner.person.email);
      const text = message?.text.replaceAll("\u2060", "");
      expect(text).toMatch(/hooks\.acme\.example, Shipping|Shipping, hooks\.acme\.example/);
      expect(text).not.toMatch(/Off|Kept|secret-path/);
    }
    for (const other of [team.admin, team.plain]) expect(await told(other, "webhook-maker-left")).toEqual([]);
  });
}

test("owners are not told when an admin leaves whose keys no longer work", async () => {
  const team = await aTeam(db);
  const { id: organizationId } = team.organization;
  const createdBy = team.admin.person.id;
  await aKey(db, { organizationId, createdBy, revokedAt: new Date() });
  await aKey(db, { organizationId, createdBy, expiresAt: new Date(Date.now() - 1_000) });
  await departures["is removed"]?.(team, team.admin);
  expect([await mailed(team.owner, "key-maker-left"), await told(team.owner, "key-maker-left")]).toEqual([0, []]);
});

test("an owner who becomes a member and the owners of other organizations are not told of the person's keys", async () => {
  const [team, elsewhere] = [await aTeam(db), await aTeam(db)];
  const second = await team.join("owner");
  const createdBy = second.person.id;
  await aKey(db, { organizationId: team.organization.id, createdBy });
  await aKey(db, { organizationId: elsewhere.organization.id, createdBy });
  expect((await getsRole(team, second, "member")).status).toBe(303);
  expect(await told(team.owner, "key-maker-left")).toHaveLength(1);
  for (const other of [second, elsewhere.owner]) {
    expect(await told(other, "key-maker-left")).toEqual([]);
    expect(await mailed(other, "key-maker-left")).toBe(0);
  }
});

test("nobody is told when a person gets another role that still manages keys", async () => {
  const team = await aTeam(db);
  const second = await team.join("owner");
  await aKey(db, { organizationId: team.organization.id, createdBy: second.person.id });
  await aKey(db, { organizationId: team.organization.id, createdBy: team.admin.person.id });
  expect((await getsRole(team, team.admin, "owner")).status).toBe(303);
  expect((await getsRole(team, second, "admin")).status).toBe(303);
  for (const each of [team.owner, second, team.admin]) expect(await told(each, "key-maker-left")).toEqual([]);
});
