import { expect, test } from "vitest";
import { loader as api } from "#app/routes/api/v1.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import { aKey } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

async function aCaller() {
  const { organization } = await aTeam(db);
  const permissions: Permission[] = ["invitation:read", "invitation:delete"];
  const aSecret = async () => (await aKey(db, { organizationId: organization.id, permissions })).secret;
  const variables = { API_READS_PER_MINUTE: "3", API_WRITES_PER_MINUTE: "1" };
  const call = (secret: string, method = "GET") =>
    ask(api as never, {
      url: `/api/v1/organizations/${organization.slug}/invitations${method === "GET" ? "" : `/${crypto.randomUUID()}`}`,
      method,
      headers: { Authorization: `Bearer ${secret}` },
      variables,
    });
  return { aSecret, call };
}

test("a key reads so often a minute, in one trip each, and each answer says how often still", async () => {
  const { aSecret, call } = await aCaller();
  const secret = await aSecret();
  for (const left of [2, 1, 0]) {
    const { status, services } = await call(secret);
    const { headers, trips } = services.trace;
    expect([status, trips, headers.get("RateLimit-Policy")]).toEqual([
      200,
      1,
      '"key";q=3;w=60, "organization";q=15;w=60',
    ]);
    expect(headers.get("RateLimit")).toMatch(new RegExp(`^"key";r=${left};t=\\d+, "organization";r=1[234];t=\\d+$`));
  }
  const refused = await call(secret);
  expect([refused.status, refused.body]).toEqual([429, expect.objectContaining({ code: "limit" })]);
  const { headers } = refused.services.trace;
  const [, seconds] = /"key";r=0;t=(\d+)/.exec(headers.get("RateLimit") ?? "") ?? [];
  expect(headers.get("Retry-After")).toBe(seconds);
  expect((await call(await aSecret())).status, "another key has its own bucket").toBe(200);
});

test("writes are counted apart from reads, and the keys of an organization share a bucket", async () => {
  const { aSecret, call } = await aCaller();
  const secrets = await Promise.all(Array.from({ length: 6 }, aSecret));
  const statuses = [];
  for (const secret of secrets) statuses.push((await call(secret, "DELETE")).status);
  expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
  expect((await call(secrets[0] ?? "", "DELETE")).status).toBe(429);
  expect((await call(secrets[0] ?? "")).status).toBe(200);
});
