import { and, eq, ne, type SQL } from "drizzle-orm";
import { auditEntry } from "#app/db/schema/audit.ts";

/** SQL for the entries of an organization's log, except the one about its creation. */
export function doneIn({ id }: { id: string }): SQL | undefined {
  return and(eq(auditEntry.organizationId, id), ne(auditEntry.action, "organization.created"));
}
