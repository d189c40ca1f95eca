import { image } from "#app/db/schema/gallery.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const id = crypto.randomUUID();
  await db
    .insert(image)
    .values({ id, organizationId, createdBy: userId, name: "Lake", type: "image/png", size: 1_000 });
  return { image: id };
};
