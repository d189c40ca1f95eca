import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { apiRows } from "#app/api.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { anAgent, problemOf } from "#app/test/agents.ts";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { inputSchemaOf } from "./json-schema.server.ts";
import { cursorAfter } from "./pages.server.ts";
import { toolNameOf } from "./tool.server.ts";

const db = testDatabase();
const all = Object.keys(permissions);
const lists = apiRows.filter((row) => row.method === "GET" && "cursor" in inputSchemaOf(row).properties);
const nameOf = ({ id }: (typeof lists)[number]) => id.replace(/\.list$/, "");

/** Right but for the time, the id, or their number: no list of ours gives these out. */
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
    const path = row.path
      .replace("/organizations/{organization}", "")
      .replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "");
    const page = async (cursor: string) => call(`${path}?cursor=${cursor}`);
    const own = cursorAfter([nameOf(row), organization.slug], { at: 1, id: "id" });
    expect((await page(own)).status, row.id).toBe(200);
    for (const cursor of forged(nameOf(row), organization.slug)) {
      expect((await page(cursor)).body, `${row.id} ${Buffer.from(cursor, "base64url")}`).toMatchObject({
        ...{ status: 400, code: "invalid", errors: [{ pointer: "/cursor" }] },
      });
    }
  }
});

test("a forged cursor is a refusal of a tool as well", async () => {
  const { team, key } = await aKeyedTeam(db, all);
  const ids = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  await using agent = await anAgent(key.secret);
  const page = async (fields: Record<string, unknown>) =>
    agent.client.callTool({ name: "members_list", arguments: fields });
  const { next } = (await page({ limit: 1 })).structuredContent as { next: string };
  const [, own] = JSON.parse(Buffer.from(next, "base64url").toString());
  for (const row of lists.filter(({ tool }) => tool !== undefined)) {
    const [name = "none"] = /(?<=\{)\w+(?=\}\/\w+$)/.exec(row.path) ?? [];
    for (const cursor of forged(nameOf(row), own)) {
      const given = { cursor, ...(name !== "organization" && { [name]: ids[name] }) };
      const called = await agent.client.callTool({ name: toolNameOf(row), arguments: given });
      expect(problemOf(called), row.id).toMatchObject({ code: "invalid", errors: [{ pointer: "/cursor" }] });
    }
  }
});
