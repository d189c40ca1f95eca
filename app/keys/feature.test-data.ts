import { aKey } from "#app/test/builders.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const { id } = await aKey(db, { organizationId, createdBy: userId, permissions: [] });
  return { key: id };
};
