import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { member } from "#app/db/schema.ts";
import { anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";

test("a built organization has its members and its people their sessions", async () => {
  const trips: string[] = [];
  const db = testDatabase({
    fetch: (input, init) => {
      trips.push(input instanceof Request ? input.url : String(input));
      return fetch(input, init);
    },
  });
  const ada = await aPerson(db);
  const acme = await anOrganization(db, { members: [{ person: ada, role: "owner" }] });
  const session = await aSession(db, ada);
  const members = await db.select().from(member).where(eq(member.organizationId, acme.id));
  expect(members.map((row) => [row.userId, row.role])).toEqual([[ada.id, "owner"]]);
  expect(session.expiresAt.getTime()).toBeGreaterThan(Date.now());
  expect(trips).toHaveLength(5);
  expect(env.FILES.head).toBeTypeOf("function");
});
