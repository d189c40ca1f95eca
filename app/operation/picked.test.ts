import { expect, test } from "vitest";
import { membersPage } from "#app/organizations/members/members.server.ts";
import { testDatabase } from "#app/test/database.ts";
import { aScope, waysOf } from "#app/test/plans.ts";

const db = testDatabase();

test("a page finds its rows by their ids, however many the organization has", async () => {
  const members = await waysOf(db, membersPage(aScope(db), { page: 1, search: "", role: undefined, sort: "role" }));
  expect(members[0]).toContain("sqlite_autoindex_member_1 (id=?)");
});
