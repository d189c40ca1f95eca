import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { user } from "#app/db/schema/people.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { action as accept } from "#app/routes/invitations/accept.tsx";
import { action as resend } from "#app/routes/organizations/invitations.resend.ts";
import { action as leave } from "#app/routes/organizations/leave.ts";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { action as removeSeveral } from "#app/routes/organizations/members.remove-several.ts";
import { action as giveRole } from "#app/routes/organizations/members.role.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import {
  about,
  anAddress,
  anInvited,
  answer,
  byOwner,
  isHeld,
  isMember,
  linkOf,
  listed,
  meanwhile,
  send,
  shown,
  waiting,
} from "#app/test/invitations.ts";
import { ask } from "#app/test/requests.ts";
import { listen } from "#app/test/sent.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

const LOSING: Record<string, (team: Team, lost: Colleague) => Promise<unknown>> = {
  "is removed": (team, lost) => ask(remove, byOwner(team, lost, "remove")),
  "is removed with others": (team, { member: id }) =>
    ask(removeSeveral, {
      ...team.at("members/remove"),
      cookie: team.owner.cookie,
      form: { member: id },
    }),
  "is removed by a key": async ({ organization: { id, slug } }, { member: lost }) => {
    const { secret } = await aKey(db, { organizationId: id, permissions: ["member:delete"] });
    const url = `/api/v1/organizations/${slug}/members/${lost}`;
    return ask(api, { url, method: "DELETE", headers: { Authorization: `Bearer ${secret}` } });
  },
  "loses a role and leaves": async (team, lost) => {
    await ask(giveRole, byOwner(team, lost, "role", { role: "member" }));
    return ask(leave, { ...team.at("leave"), cookie: lost.cookie, form: {} });
  },
};

for (const [loses, losing] of Object.entries(LOSING)) {
  test(`an admin who ${loses} cannot accept an older invitation to their new address until it is resent`, async () => {
    const team = await aTeam(db);
    const lost = await team.join("admin");
    const { person, cookie } = lost;
    const email = anAddress();
    await send(team, { email, role: "admin" });
    const token = await linkOf(team, email);
    const [made] = (await listed(team)).filter((each) => each.email === email);
    if (made === undefined) throw new Error("There is no invitation.");
    await db.update(user).set({ email }).where(eq(user.id, person.id));
    await losing(team, lost);
    expect(await team.roleOf(lost)).toBe(null);

    expect([await isHeld(team, made), await waiting(cookie)]).toEqual([false, []]);
    expect((await shown(token, cookie)).preview).toMatchObject({ state: "lapsed" });
    for (const name of [token, made.id]) expect((await answer(accept, name, cookie)).status).toBe(410);
    expect(await isMember(person, team)).toBe(false);

    await ask(resend, { ...about(team, made, "resend"), cookie: team.owner.cookie, form: {} });
    expect([await isHeld(team, made), (await waiting(cookie)).length]).toEqual([true, 1]);
    expect((await answer(accept, token, cookie)).status).toBe(303);
    expect(await team.roleOf(lost)).toBe("admin");
  });
}

test("a person who was removed a moment before cannot accept an invitation, but one who left can", async () => {
  for (const going of [remove, leave]) {
    const team = await aTeam(db);
    const { person, cookie, member: id } = await team.join("member");
    const email = anAddress();
    await send(team, { email });
    const token = await linkOf(team, email);
    await db.update(user).set({ email }).where(eq(user.id, person.id));
    const goes = () =>
      going === remove
        ? ask(remove, byOwner(team, { person, cookie, member: id }, "remove"))
        : ask(leave, { ...team.at("leave"), cookie, form: {} });
    const { status } = await meanwhile(goes, () => answer(accept, token, cookie));
    expect([status, await isMember(person, team)]).toEqual(going === remove ? [410, false] : [303, true]);
  }
});

test("a person who was removed from another organization can accept an invitation to this one", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const email = anAddress();
  await send(team, { email });
  const token = await linkOf(team, email);
  const { person, cookie, member: id } = await other.join("member");
  await ask(remove, byOwner(other, { person, cookie, member: id }, "remove"));
  await db.update(user).set({ email }).where(eq(user.id, person.id));
  expect((await answer(accept, token, cookie)).status).toBe(303);
  expect([await isMember(person, team), await isMember(person, other)]).toEqual([true, false]);
});

test("a removed person cannot accept an invitation by a key they created, but one by another key", async () => {
  const team = await aTeam(db);
  const { id: organizationId, slug } = team.organization;
  const { person, cookie } = team.admin;
  await ask(remove, byOwner(team, team.admin, "remove"));
  for (const [createdBy, status] of [
    [person.id, 410],
    [team.owner.person.id, 303],
  ] as const) {
    const { secret } = await aKey(db, {
      organizationId,
      createdBy,
      permissions: ["invitation:create", "invitation:delete"],
    });
    const url = `/api/v1/organizations/${slug}/invitations`;
    const headers = { Authorization: `Bearer ${secret}` };
    const made = await ask(api, { url, method: "POST", json: { email: person.email, role: "admin" }, headers });
    expect(made.status).toBe(201);
    const { id } = made.body as { id: string };
    expect((await answer(accept, id, cookie)).status).toBe(status);
    await ask(api, { url: `${url}/${id}`, method: "DELETE", headers });
  }
  expect(await team.roleOf(team.admin)).toBe("admin");
});

test("an invitation's page costs about the same after the organization has removed a thousand people", async () => {
  const costs = [];
  for (const removed of [0, 1000]) {
    const team = await aTeam(db);
    const { person, cookie } = await anInvited();
    await send(team, { email: person.email });
    const token = await linkOf(team, person.email);
    const entry = { organizationId: team.organization.id, actorId: team.owner.person.id, action: "member.removed" };
    for (let at = 0; at < removed; at += 100)
      await db
        .insert(auditEntry)
        .values(
          Array.from({ length: 100 }, () => ({ ...entry, id: crypto.randomUUID(), targetId: crypto.randomUUID() })),
        );
    using sent = listen();
    expect((await shown(token, cookie)).preview).toMatchObject({ state: "open" });
    costs.push(sent.statements.reduce((sum, { rowsRead }) => sum + rowsRead, 0));
  }
  const [small = 0, large = 0] = costs;
  expect(large).toBeLessThan(small + 10);
});
