import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { imagesPage } from "#app/gallery/images.server.ts";
import { membersPage } from "#app/organizations/members/members.server.ts";
import { mintScope } from "#app/request/mint.server.ts";
import { testDatabase } from "#app/test/database.ts";
import type { Plan } from "./plan.ts";

const db = testDatabase();

/** A scope of some organization, for what is described and not run. */
function aScope() {
  const facts = { viewer: { userId: "person" }, now: new Date(), userId: sql`'person'` };
  const reach = { organization: "organization", organizations: null, person: "person", reachesAll: true };
  return mintScope<"member:read">(facts as never, { db, reach });
}

/** How SQLite finds the rows of the first statement. */
async function waysOf({ statements: [first] }: Plan<unknown>): Promise<string[]> {
  const statement = first as unknown as { getSQL(): ReturnType<typeof sql> };
  const steps = await db.all<{ detail: string }>(sql`explain query plan ${statement.getSQL()}`);
  return steps.map(({ detail }) => detail);
}

test("a page costs its own rows, however many the organization has: they are found by their ids", async () => {
  const members = await waysOf(membersPage(aScope(), { page: 1, search: "" }));
  expect(members[0]).toContain("sqlite_autoindex_member_1 (id=?)");
  const images = await waysOf(imagesPage(aScope() as never, { page: 1 }));
  expect(images[0]).toContain("sqlite_autoindex_image_1 (id=?)");
});
