import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { aTeam } from "#app/test/team.ts";
import { formFields } from "./form-fields.server.ts";
import { whetherFull } from "./fullness.server.ts";
import { outOfReach, planOf } from "./plan.ts";
import { selectWithin } from "./reach.server.ts";

const db = testDatabase();

test("an organization is full as soon as it has as many as it can have, and a stranger learns nothing", async () => {
  const { organization } = await aTeam(db);
  const isFull = async (id: string, count: number) => {
    const reach = { organization: id, organizations: null, person: "someone", reachesAll: true };
    const { statements, shape } = whetherFull({ select: selectWithin(db, reach) }, sql<number>`${count}`, 3);
    return shape([await statements[0]]).isFull;
  };
  expect([await isFull(organization.id, 2), await isFull(organization.id, 3)]).toEqual([false, true]);
  expect(await isFull("elsewhere", 3)).toBe(false);
});

test("a form of a thing that does not exist, or that its sender does not reach, is filled with nothing", () => {
  const filled = (found: { name: string } | typeof outOfReach | null) =>
    formFields<{ name: string }>(planOf(found), ({ name }) => ({ name })).shape([]);
  expect([filled({ name: "Lake" }), filled(outOfReach), filled(null)]).toEqual([{ name: "Lake" }, null, null]);
});
