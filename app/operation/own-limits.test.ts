import { like } from "drizzle-orm";
import { expect, test } from "vitest";
import { rateLimit } from "#app/db/schema/limits.ts";
import { action as makeKey } from "#app/routes/organizations/keys.new.ts";
import { action as rotateKey } from "#app/routes/organizations/keys.rotate.ts";
import { action as changeRole } from "#app/routes/organizations/members.role.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

const inOrganization = ({ organization }: Team) => like(rateLimit.key, `%${organization.id}`);

function giveRole(team: Team, { as, to, role }: { as: Colleague; to: Colleague; role: string }) {
  const at = team.at(`members/${to.member}/role`, { member: to.member });
  return ask(changeRole, { ...at, cookie: as.cookie, form: { role } });
}

test("an admin at the rate limit cannot stop an owner from taking away the admin's role", async () => {
  const team = await aTeam(db);
  const promote = () => giveRole(team, { as: team.admin, to: team.plain, role: "admin" });
  expect((await promote()).status).toBe(303);
  await db.update(rateLimit).set({ count: 1_000 }).where(inOrganization(team));
  expect((await promote()).status).toBe(429);
  expect((await giveRole(team, { as: team.owner, to: team.admin, role: "member" })).status).toBe(303);
});

test("an admin at the rate limit cannot stop an owner from renewing a key", async () => {
  const team = await aTeam(db);
  const key = await aKey(db, { organizationId: team.organization.id });
  const make = () =>
    ask(makeKey, {
      ...team.at("keys/new"),
      cookie: team.admin.cookie,
      form: { name: "Import", permissions: "member:read", expires: "30" },
    });
  expect((await make()).status).toBe(200);
  await db.update(rateLimit).set({ count: 1_000 }).where(inOrganization(team));
  expect((await make()).status).toBe(429);
  const renewed = await ask(rotateKey, {
    ...team.at(`keys/${key.id}/rotate`, { key: key.id }),
    cookie: team.owner.cookie,
    form: {},
  });
  expect(renewed.status).toBe(200);
});
