import { expect, test } from "vitest";
import { DEMO_ORGANIZATIONS } from "./demo.ts";
import { demoImages } from "./gallery.ts";
import { lifeOf } from "./rows.ts";

test("each demo image was uploaded by a person who had joined before, and has an entry in the audit log", async () => {
  const counts: [slug: string, images: number][] = [];
  for (const demo of DEMO_ORGANIZATIONS) {
    const life = lifeOf(demo, Date.now());
    const { rows, files, auditEntries } = await demoImages(demo.slug, life);
    counts.push([demo.slug, rows.length]);
    expect(files).toHaveLength(rows.length);
    for (const { id, createdBy, createdAt } of rows) {
      const joined = life.people.find((person) => person.id === createdBy)?.joined;
      expect(joined).toBeLessThan(Number(createdAt));
      expect(auditEntries).toContainEqual(
        expect.objectContaining({ action: "image.created", targetId: id, createdAt }),
      );
    }
    expect(new Set(auditEntries.map(({ action }) => action)).size).toBe(3);
  }
  expect(counts).toEqual([
    ["acme", 60],
    ["globex", 15],
  ]);
});
