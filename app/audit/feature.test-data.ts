import { auditEntry } from "#app/db/schema/audit.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const id = crypto.randomUUID();
  await db.insert(auditEntry).values({ id, organizationId, actorId: userId, action: "organization.created" });
  return { entry: id };
};
