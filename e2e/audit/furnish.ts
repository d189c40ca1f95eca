import { eq } from "drizzle-orm";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { organization } from "../../app/db/schema/organizations.ts";
import { e2eDatabase } from "../people.ts";

/** Finds an entry in the organization's log. */
export async function furnish({ slug }: { slug: string }) {
  const [first] = await e2eDatabase()
    .select({ entry: auditEntry.id })
    .from(auditEntry)
    .innerJoin(organization, eq(organization.id, auditEntry.organizationId))
    .where(eq(organization.slug, slug))
    .limit(1);
  return { entry: first?.entry ?? "" };
}
