import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { apiRows } from "#app/api.ts";
import { member } from "#app/db/schema/organizations.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { ask } from "#app/test/requests.ts";
import { api } from "./api-door.server.ts";

const db = testDatabase();

test("a program is not asked first what a form asks a person first", async () => {
  const { team, key, root } = await aKeyedTeam(db, ["member:update"]);
  const asking = apiRows
    .filter(({ id }) => id === "members.update")
    .map((row) => ({ ...row, operation: { ...row.operation, asksFirst: true } as typeof row.operation }));
  const { status } = await ask(api(asking) as never, {
    url: `${root}/members/${team.plain.member}`,
    method: "PATCH",
    json: { role: "admin" },
    headers: { Authorization: `Bearer ${key.secret}` },
  });
  expect(status).toBe(204);
  expect(await db.select({ role: member.role }).from(member).where(eq(member.id, team.plain.member))).toEqual([
    { role: "admin" },
  ]);
});

test("a literal segment of an address wins over a parameter, wherever it is in the table", async () => {
  const { key, root } = await aKeyedTeam(db, ["dashboard:read", "member:read"]);
  const one = (id: string) => apiRows.filter((row) => row.id === id);
  const literal = one("organization.get").map((row) => ({ ...row, path: "/organizations/{organization}/members/all" }));
  const asked = { url: `${root}/members/all`, headers: { Authorization: `Bearer ${key.secret}` } };
  for (const rows of [
    [...literal, ...one("members.get")],
    [...one("members.get"), ...literal],
  ])
    expect((await ask(api(rows) as never, asked)).status).toBe(200);
  expect((await ask(api(one("members.get")) as never, asked)).status).toBe(404);
  const removing = [...literal, ...one("members.delete")];
  const { status, services } = await ask(api(removing) as never, { ...asked, method: "DELETE" });
  expect([status, services.trace.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
});
