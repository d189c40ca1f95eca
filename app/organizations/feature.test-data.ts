import { anInviteLink } from "#app/test/builders.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const { id } = await anInviteLink(db, { organizationId, createdBy: userId });
  return { link: id };
};
