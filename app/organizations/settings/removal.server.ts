import { and, asc, eq, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { organization, removedOrganization } from "#app/db/schema/organizations.ts";
import { notificationStatement } from "#app/notifications/statements.server.ts";
import type { Grant } from "#app/request/grant.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";

const FILES_PER_STEP = 1_000;
/** What one run may delete; the schedule goes on where it stopped. */
const STEPS_PER_RUN = 20;
const ORGANIZATIONS_PER_RUN = 5;

/**
 * Deletes the organization with all rows that belong to it, when `name` is what it is called, and tells its members. Its
 * files follow after the answer; what a crash leaves of them goes with the schedule.
 */
export async function deleteOrganization(
  grant: Grant<"organization:delete">,
  name: string,
): Promise<{ ok: true } | { ok: false; reason: "other-name" }> {
  const { db, organizationId, now, storage } = grant;
  const own = eq(organization.id, organizationId);
  const change = audited(grant, {
    action: "organization.deleted",
    // Its own log goes with it, so the person's keeps this.
    organizationId: null,
    target: { id: sql`${organization.id}`, name: sql`${organization.name}` },
    from: sql`from ${organization} where ${own} and ${organization.name} = ${name} and ${grant.stillMay}`,
  });
  const [, , , deleted] = await grant.commit([
    change.entry,
    notificationStatement(grant, {
      type: "organization-deleted",
      to: sql`select user_id from member where organization_id = ${organizationId}`,
      organization: { id: null, name: sql`(select name from ${organization} where ${own})` },
      when: change.isWritten,
    }),
    db.run(sql`
      insert into ${removedOrganization} (id, removed_at) select ${organizationId}, ${now.getTime()} where ${change.isWritten}`),
    db.delete(organization).where(and(own, change.isWritten)).returning({ id: organization.id }),
  ]);
  if (deleted.length === 0) return { ok: false, reason: "other-name" };
  grant.after((uncounted) => emptyStorage({ db: uncounted, storage, id: organizationId }));
  return { ok: true };
}

type Emptying = { db: Database; storage: FileStorage; id: string };

/** Removes the files of a deleted organization; `storage` reaches no other's. Rejects when storage or database fail. */
async function emptyStorage({ db, storage, id }: Emptying): Promise<void> {
  for (let step = 0; step < STEPS_PER_RUN; step += 1) {
    const { files, cursor } = await storage.list("", { limit: FILES_PER_STEP });
    if (files.length > 0) await storage.delete(files.map(({ key }) => key));
    if (cursor === null) {
      await db.delete(removedOrganization).where(eq(removedOrganization.id, id));
      return;
    }
  }
}

/** Goes on with what was begun and not finished. `storageOf` answers the storage of one organization. */
export async function emptyRemovedOrganizations({
  db,
  storageOf,
}: {
  db: Database;
  storageOf: (organizationId: string) => FileStorage;
}): Promise<void> {
  const removed = await db
    .select({ id: removedOrganization.id })
    .from(removedOrganization)
    .orderBy(asc(removedOrganization.removedAt))
    .limit(ORGANIZATIONS_PER_RUN);
  for (const { id } of removed) await emptyStorage({ db, storage: storageOf(id), id });
}
