import { asc, eq, inArray, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { formerSlug, invitation, member, organization, removedOrganization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Fresh, Grant } from "#app/operation/grant.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { nameOf } from "#app/text/names.ts";
import { silencedBy } from "../invitations/ending.server.ts";
import { FORMER_SLUG_DAYS } from "../limits.ts";

const FILES_PER_STEP = 1_000;
/** Few enough that other requests do not wait long for the database. */
const ROWS_PER_STEP = 2_000;
/** The maximum for one run; the schedule continues where it stopped. */
const STEPS_PER_RUN = 40;
const ORGANIZATIONS_PER_RUN = 5;

/** `name` must match. The slugs stay reserved. Rows and files are deleted after the response; after a crash, by the schedule. */
export async function deleteOrganization(
  grant: Fresh<Grant<"organization:delete">>,
  { name, emptied }: { name: string; emptied: readonly Emptied[] },
): Promise<{ ok: true } | { ok: false; reason: "other-name" }> {
  const { organizationId, now, storage } = grant;
  // Random, so that nobody can have taken it before.
  const placeholder = `removed-${grant.newId().replaceAll("-", "")}`;
  // The tidy form also matches a name that was stored before names were tidied.
  const meant = name === nameOf(grant.organization.name) ? grant.organization.name : name;
  const { isMade } = await change(grant, {
    action: "organization.deleted",
    // The organization's log is deleted with it, so the entry is in the person's log.
    organizationId: null,
    from: organization,
    target: { id: organization.id, name: organization.name },
    where: eq(organization.name, meant),
    makes: (entry) => {
      const { db, when } = entry.unsafe("The slug of a deleted organization belongs to no one but is still held.");
      return {
        news: entry.news({
          type: "organization-deleted",
          to: sql`select user_id from ${member} where ${grant.rows(member)}`,
          organization: { id: null, name: sql`(select name from ${organization} where ${grant.rows(organization)})` },
        }),
        members: entry.removeAll(member),
        ...silencedBy(entry, { which: grant.rows(invitation, eq(invitation.status, "pending")) }),
        invitations: entry.removeAll(invitation),
        formerSlugs: entry.updateAll(formerSlug, { organizationId: null }),
        slug: db.run(sql`
          insert into ${formerSlug} (slug, organization_id, held_until)
          select ${organization.slug}, null, ${now.getTime() + FORMER_SLUG_DAYS * DAY_MS}
          from ${organization} where ${grant.rows(organization, when)}
          on conflict (slug) do update set organization_id = null, held_until = excluded.held_until`),
        removed: entry.insertLoose(removedOrganization, { id: organizationId, removedAt: now }),
        organization: entry.update(organization, { slug: placeholder }),
      };
    },
  });
  if (!isMade) return { ok: false, reason: "other-name" };
  grant.after((uncounted) => emptyOrganization({ db: uncounted, storage, id: organizationId, emptied }));
  return { ok: true };
}

type Emptied = NonNullable<ServerFeature["emptied"]>[number];

type Emptying = { db: Database; storage: FileStorage; id: string; emptied: readonly Emptied[] };

/** Removes what is left of a deleted organization. `storage` reaches only its files. Rejects if storage or database fail. */
async function emptyOrganization({ db, storage, id, emptied }: Emptying): Promise<void> {
  for (let step = 0; step < STEPS_PER_RUN; step += 1) {
    const gone = await runBatch(
      db,
      emptied.map((table) => {
        const piece = db.select({ id: table.id }).from(table).where(eq(table.organizationId, id)).limit(ROWS_PER_STEP);
        return db.delete(table).where(inArray(table.id, piece));
      }),
    );
    const { files, cursor } = await storage.list("", { limit: FILES_PER_STEP });
    if (files.length > 0) await storage.delete(files.map(({ key }) => key));
    if (cursor === null && gone.every((result) => Object(result).rowsAffected === 0)) {
      await db.batch([
        db.update(notification).set({ targetId: null, targetName: null }).where(eq(notification.organizationId, id)),
        db.delete(organization).where(eq(organization.id, id)),
        db.delete(removedOrganization).where(eq(removedOrganization.id, id)),
      ]);
      return;
    }
  }
}

export async function emptyRemovedOrganizations({
  db,
  storageOf,
  emptied,
}: Omit<Emptying, "storage" | "id"> & { storageOf: (organizationId: string) => FileStorage }): Promise<void> {
  const removed = await db
    .select({ id: removedOrganization.id })
    .from(removedOrganization)
    .orderBy(asc(removedOrganization.removedAt))
    .limit(ORGANIZATIONS_PER_RUN);
  for (const { id } of removed) await emptyOrganization({ db, storage: storageOf(id), id, emptied });
}
