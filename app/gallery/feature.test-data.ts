import { image, trashedImage } from "#app/db/schema/gallery.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const [id, trashed] = [crypto.randomUUID(), crypto.randomUUID()];
  await db
    .insert(image)
    .values({ id, organizationId, createdBy: userId, name: "Lake", type: "image/png", size: 1_000 });
  await db.insert(trashedImage).values({
    id: trashed,
    organizationId,
    createdBy: userId,
    name: "Old lake",
    type: "image/png",
    size: 1_000,
    deletedAt: new Date(),
  });
  return { image: id, trashed };
};
