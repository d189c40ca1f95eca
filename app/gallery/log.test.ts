import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { EntryDetails } from "#app/audit/entry.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image } from "#app/db/schema/gallery.ts";
import { loader as entryPage } from "#app/routes/organizations/audit.entry.tsx";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

test("a log entry links to its image while that exists, and never to another organization's image", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const own = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  const theirs = await furnish(db, { organizationId: other.organization.id, userId: other.owner.person.id });
  const linkOf = async (targetId: string | undefined) => {
    const entry = crypto.randomUUID();
    const { id: organizationId } = team.organization;
    await db.insert(auditEntry).values({ id: entry, organizationId, actorId: "a", action: "image.renamed", targetId });
    const { body } = await ask(entryPage, { ...team.at(`audit/${entry}`, { entry }), cookie: team.owner.cookie });
    return (body as EntryDetails).thing;
  };
  expect(await linkOf(own.image)).toBe(team.at(`gallery/${own.image}`).url);
  expect(await linkOf(theirs.image)).toBeNull();
  await db.delete(image).where(eq(image.id, own.image ?? ""));
  expect(await linkOf(own.image)).toBeNull();
});
