import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { apiKey } from "#app/db/schema/keys.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { keptOf, newKeySecret } from "#app/key-secret.server.ts";
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
  const made = () => aKey(db, { organizationId: organization.id, permissions });
  const aSecret = async () => (await made()).secret;
  const variables = { API_READS_PER_MINUTE: "3", API_WRITES_PER_MINUTE: "1" };
  const call = (secret: string, method = "GET") =>
    ask(api as never, {
      url: `/api/v1/organizations/${organization.slug}/invitations${method === "GET" ? "" : `/${crypto.randomUUID()}`}`,
      method,
      headers: { Authorization: `Bearer ${secret}` },
      variables,
    });
  return { made, aSecret, call };
}

test("a key has a number of reads a minute, in one trip each, and each response says how many are left", async () => {
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

test("the refused requests of a key that is over its limit take nothing from the other keys", async () => {
  const { aSecret, call } = await aCaller();
  const [looping, other] = [await aSecret(), await aSecret()];
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => call(looping)))).map(({ status }) => status);
  expect([200, 429].map((each) => statuses.filter((status) => status === each).length)).toEqual([3, 17]);
  const refused = await call(looping);
  expect(refused.services.trace.headers.get("RateLimit")).toMatch(/^"key";r=0;t=\d+, "organization";r=12;t=\d+$/);
  const { status, services } = await call(other);
  expect(status).toBe(200);
  expect(services.trace.headers.get("RateLimit")).toMatch(/^"key";r=2;t=\d+, "organization";r=11;t=\d+$/);
});

test("a renewed secret shares its limits with the former one while both work", async () => {
  const { made, call } = await aCaller();
  const { id, digest: formerDigest, secret: former } = await made();
  expect((await call(former, "DELETE")).status).toBe(404);
  expect([(await call(former)).status, (await call(former)).status]).toEqual([200, 200]);
  const secret = newKeySecret();
  const formerUntil = new Date(Date.now() + 60_000);
  await db
    .update(apiKey)
    .set({ ...keptOf(secret), formerDigest, formerUntil })
    .where(eq(apiKey.id, id));
  expect((await call(secret)).status).toBe(200);
  expect([(await call(secret)).status, (await call(former)).status]).toEqual([429, 429]);
  expect([(await call(secret, "DELETE")).status, (await call(former, "DELETE")).status]).toEqual([429, 429]);
  const [changes] = await db
    .select()
    .from(rateLimit)
    .where(eq(rateLimit.key, `change:key:${id}`));
  expect(changes?.count, "an operation's own limit counts the same way").toBe(3);
});
