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
