import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { apiRows } from "#app/api.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { anAgent, problemOf } from "#app/test/agents.ts";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { inputSchemaOf } from "./json-schema.server.ts";
import { cursorAfter, inPages } from "./pages.server.ts";
import { toolNameOf } from "./tool.server.ts";

const db = testDatabase();
const all = Object.keys(permissions);
const lists = apiRows.filter((row) => row.method === "GET" && "cursor" in inputSchemaOf(row).properties);
type Row = (typeof lists)[number];
type Ids = Record<string, string>;

const nameOf = ({ id }: Row) => id.replace(/\.list$/, "");
/** The path parameter of the thing that a list belongs to. Undefined if it is the organization. */
const thingOf = ({ path }: Row) => /(?<=\{)\w+(?=\}\/\w+$)/.exec(path.replace("{organization}", ""))?.[0];
const pathOf = ({ path }: Row, ids: Ids) =>
  path.replace("/organizations/{organization}", "").replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
const listOf = (row: Row, organization: string, ids: Ids) => {
  const thing = thingOf(row);
  return [nameOf(row), organization, thing && ids[thing]] as const;
};
const namedIn = (row: Row, ids: Ids) => {
  const [name, , of] = listOf(row, "", ids);
  return of === undefined ? name : `${name}/${of}`;
};

/** Cursors that are right except for the time, the id, or the number of parts. None of our lists gives these out. */
function forged(list: string, organization: string): string[] {
  const places = ["1e999", "-1", "0.5", "8640000000000001", "null", '"1"', "[]"].map((at) => `${at},"id"`);
  const ids = ["\\ud800", "a\\udfffb", "", "a b", "\\u0000", "x".repeat(65)].map((id) => `1,"${id}"`);
  return [...places, ...ids, "1,7", "1", '1,"id",1'].map((rest) =>
    Buffer.from(`["${list}","${organization}",${rest}]`).toString("base64url"),
  );
}

test("a cursor that no list has given out is refused by every list, whatever is in it", async () => {
  expect(lists.length).toBeGreaterThan(4);
  const { team, call } = await aKeyedTeam(db, all);
  const { organization, owner } = team;
  const ids = await furnish(db, { organizationId: organization.id, userId: owner.person.id });
  for (const row of lists) {
    const page = async (cursor: string) => call(`${pathOf(row, ids)}?cursor=${cursor}`);
    const own = cursorAfter(listOf(row, organization.slug, ids), { at: 1, id: "id" });
    expect((await page(own)).status, row.id).toBe(200);
    for (const cursor of forged(namedIn(row, ids), organization.slug)) {
      expect((await page(cursor)).body, `${row.id} ${Buffer.from(cursor, "base64url")}`).toMatchObject({
        ...{ status: 400, code: "invalid", errors: [{ pointer: "/cursor" }] },
      });
    }
  }
});

test("of several lists of one kind in an organization, each accepts only its own cursors", async () => {
  const { team, call } = await aKeyedTeam(db, all);
  const { organization, owner } = team;
  const ids = await furnish(db, { organizationId: organization.id, userId: owner.person.id });
  const others = Object.fromEntries(Object.keys(ids).map((name) => [name, crypto.randomUUID()]));
  const several = lists.filter((row) => thingOf(row) !== undefined);
  expect(several.map(({ id }) => id)).toContain("deliveries.list");
  for (const row of several) {
    for (const list of [listOf(row, organization.slug, others), [nameOf(row), organization.slug] as const]) {
      const cursor = cursorAfter(list, { at: 1, id: "id" });
      expect((await call(`${pathOf(row, ids)}?cursor=${cursor}`)).body, row.id).toMatchObject({
        ...{ status: 400, code: "invalid", errors: [{ pointer: "/cursor" }] },
      });
    }
  }
});

test("a page has up to a hundred items, and twenty if the program does not say how many", () => {
  const limitOf = (asked: object) => inPages("things", {}).safeParse({ organization: "acme", ...asked }).data?.limit;
  expect([limitOf({}), limitOf({ limit: "1" }), limitOf({ limit: "100" })]).toEqual([20, 1, 100]);
  for (const limit of ["0", "101", "1.5", "all"]) expect(limitOf({ limit }), limit).toBeUndefined();
});

test("a tool refuses a forged cursor too", async () => {
  const { team, key } = await aKeyedTeam(db, all);
  const ids = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  await using agent = await anAgent(key.secret);
  const page = async (fields: Record<string, unknown>) =>
    agent.client.callTool({ name: "members_list", arguments: fields });
  const { next } = (await page({ limit: 1 })).structuredContent as { next: string };
  const [, own] = JSON.parse(Buffer.from(next, "base64url").toString());
  for (const row of lists.filter(({ tool }) => tool !== undefined)) {
    const thing = thingOf(row);
    for (const cursor of forged(namedIn(row, ids), own)) {
      const given = { cursor, ...(thing !== undefined && { [thing]: ids[thing] }) };
      const called = await agent.client.callTool({ name: toolNameOf(row), arguments: given });
      expect(problemOf(called), row.id).toMatchObject({ code: "invalid", errors: [{ pointer: "/cursor" }] });
    }
  }
});
