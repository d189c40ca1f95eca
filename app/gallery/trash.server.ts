import { and, count, desc, eq, inArray, lt, not, type SQL, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { image, trashedImage } from "#app/db/schema/gallery.ts";
import { user } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { organizationFolder } from "#app/storage/folders.ts";
import type { Turn } from "#app/tenancy/feature.server.ts";
import { imageKey } from "./file-keys.ts";
import type { ImageFileRow } from "./images.server.ts";
import { IMAGES_PER_PAGE, TRASH_DAYS } from "./limits.ts";
import type { ImageId, SelectedImages } from "./schemas.ts";

/** `endsAt` is when the image is deleted for good, in milliseconds. */
export type TrashedImage = { id: string; name: string; size: number; createdBy: string | null; endsAt: number };

export type TrashPage = { images: TrashedImage[]; page: number; pages: number; total: number; now: number };

/** Deleted images that this person may restore, the last deleted first. */
export function trashPage(scope: Scope<"gallery:delete">, { page }: { page: number }): Plan<TrashPage> {
  const rows = scope
    .select({
      id: trashedImage.id,
      name: trashedImage.name,
      size: trashedImage.size,
      createdBy: user.name,
      deletedAt: trashedImage.deletedAt,
    })
    .from(trashedImage)
    .leftJoin(user, eq(user.id, trashedImage.createdBy))
    .orderBy(desc(trashedImage.deletedAt), desc(trashedImage.id))
    .limit(IMAGES_PER_PAGE)
    .offset((page - 1) * IMAGES_PER_PAGE);
  const totals = scope.select({ total: count() }).from(trashedImage);
  return plan({ rows, totals }, ({ rows, totals: [figure] }) => {
    const total = figure?.total ?? 0;
    return {
      images: rows.map(({ deletedAt, ...row }) => ({ ...row, endsAt: deletedAt.getTime() + TRASH_DAYS * DAY_MS })),
      page,
      pages: Math.max(1, Math.ceil(total / IMAGES_PER_PAGE)),
      total,
      now: scope.now.getTime(),
    };
  });
}

export function trashFigures(scope: Scope<"gallery:delete">): Plan<{ total: number }> {
  const totals = scope.select({ total: count() }).from(trashedImage);
  return plan({ totals }, ({ totals: [figure] }) => ({ total: figure?.total ?? 0 }));
}

/** The selected images that are in the trash and within reach, with names to ask about; null if there are none. */
export function trashedByIds(
  scope: Scope<"gallery:delete">,
  { image: ids }: Pick<SelectedImages, "image">,
): Plan<{ images: { id: string; name: string }[] } | null> {
  const found = scope
    .select({ id: trashedImage.id, name: trashedImage.name })
    .from(trashedImage)
    .where(inArray(trashedImage.id, ids));
  return plan({ found }, ({ found }) => (found.length === 0 ? null : { images: found }));
}

export function trashedFile(
  scope: Scope<"gallery:delete">,
  { image: id }: { image: ImageId },
): Plan<ImageFileRow | null> {
  const { name, type, size } = trashedImage;
  const found = scope
    .select({ id: trashedImage.id, name, type, size })
    .from(trashedImage)
    .where(eq(trashedImage.id, id));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

type Deleting = Grant<"gallery:delete">;
export type Changed = { ok: true } | { ok: false; reason: "not-found" | "not-yours" };

const EACH = "Each image has its own entry.";

/** Moves images to the trash. Their files stay in storage. */
export async function trashImages(grant: Deleting, { image: ids }: Pick<SelectedImages, "image">): Promise<Changed> {
  const which = inArray(image.id, ids);
  const { isMade, facts } = await change(grant, {
    unlogged: EACH,
    from: image,
    where: [which, noneOutOfReach(grant, image, which)],
    makes: (entry) => ({
      entries: entry.entryForEach({
        action: "image.deleted",
        from: image,
        where: grant.rows(image, which),
        target: { id: image.id, name: image.name },
        before: { name: image.name },
      }),
      trash: toTrash(grant, entry, which),
      rows: entry.remove(image, which),
    }),
    facts: { known: grant.selectOfAnyone({ id: image.id }).from(image).where(which) },
  });
  return isMade ? { ok: true } : refuse(facts.known);
}

/** Copies the rows to the trash. It runs in the batch that removes them; the files stay where they are. */
export function toTrash(grant: Deleting, entry: Writer, which: SQL) {
  const { db, when } = entry.unsafe(MOVES);
  return db.run(sql`
    insert into ${trashedImage} (${COLUMNS}, updated_at, deleted_at)
    select ${COLUMNS}, updated_at, ${grant.now.getTime()} from ${image} where ${grant.rows(image, which)} and ${when}`);
}

export async function restoreImages(grant: Deleting, { image: ids }: Pick<SelectedImages, "image">): Promise<Changed> {
  const which = inArray(trashedImage.id, ids);
  const { isMade, facts } = await change(grant, {
    unlogged: EACH,
    from: trashedImage,
    where: [which, noneOutOfReach(grant, trashedImage, which)],
    makes: (entry) => {
      const { db, when } = entry.unsafe(MOVES);
      return {
        entries: entry.entryForEach({
          action: "image.restored",
          from: trashedImage,
          where: grant.rows(trashedImage, which),
          target: { id: trashedImage.id, name: trashedImage.name },
        }),
        images: db.run(sql`
          insert into ${image} (${COLUMNS}, updated_at)
          select ${COLUMNS}, ${grant.now.getTime()} from ${trashedImage}
          where ${grant.rows(trashedImage, which)} and ${when}`),
        rows: entry.remove(trashedImage, which),
      };
    },
    facts: { known: grant.selectOfAnyone({ id: trashedImage.id }).from(trashedImage).where(which) },
  });
  if (!isMade) return refuse(facts.known);
  grant.after((db) => makeSearchTexts(db));
  return { ok: true };
}

/** Deletes images for good: first the rows, then the files. If a file is left over, the sweep deletes it. */
export async function purgeImages(grant: Deleting, { image: ids }: Pick<SelectedImages, "image">): Promise<Changed> {
  const which = inArray(trashedImage.id, ids);
  const { isMade, made, facts } = await change(grant, {
    unlogged: EACH,
    from: trashedImage,
    where: [which, noneOutOfReach(grant, trashedImage, which)],
    makes: (entry) => ({
      entries: entry.entryForEach({
        action: "image.purged",
        from: trashedImage,
        where: grant.rows(trashedImage, which),
        target: { id: trashedImage.id, name: trashedImage.name },
      }),
      rows: entry.remove(trashedImage, which).returning({ id: trashedImage.id }),
    }),
    facts: { known: grant.selectOfAnyone({ id: trashedImage.id }).from(trashedImage).where(which) },
  });
  if (!isMade) return refuse(facts.known);
  grant.after(() => grant.storage.delete(made.rows.map(({ id }) => imageKey(id))));
  return { ok: true };
}

/** All or none: if one image is not the person's to delete, none is changed. */
function noneOutOfReach(grant: Deleting, table: typeof image | typeof trashedImage, which: SQL): SQL {
  const others = grant
    .selectOfAnyone({ id: table.id })
    .from(table)
    .where(and(which, not(grant.rows(table))));
  return sql`not exists ${others}`;
}

const MOVES = "A row moves from one of its tenant's tables to another.";

const COLUMNS = sql.raw("id, organization_id, created_by, created_by_key, name, type, size, once, created_at");

/** Deletes everything in the trash that this person may delete for good, with one audit entry. */
export async function emptyTrash(grant: Deleting): Promise<{ ok: true }> {
  const { organization } = grant;
  const inReach = grant.select({ id: trashedImage.id }).from(trashedImage);
  const { made } = await change(grant, {
    action: "trash.emptied",
    target: organization,
    before: { images: sql`(select count(*) from ${inReach})` },
    where: sql`exists ${inReach}`,
    makes: (entry) => ({ rows: entry.removeAll(trashedImage).returning({ id: trashedImage.id }) }),
  });
  const keys = made.rows.map(({ id }) => imageKey(id));
  if (keys.length > 0) grant.after(() => grant.storage.delete(keys));
  return { ok: true };
}

export function refuse(known: unknown[]) {
  return { ok: false, reason: known.length > 0 ? "not-yours" : "not-found" } as const;
}

const EMPTIED_PER_RUN = 500;

/** Deletes images that have been in the trash for `TRASH_DAYS`, in all organizations. */
export async function purgeExpired({ db, storage, now }: Turn): Promise<void> {
  const before = new Date(now.getTime() - TRASH_DAYS * DAY_MS);
  const gone = await takeTrashed(db, before);
  const keys = gone.map(({ organizationId, id }) => `${organizationFolder(organizationId)}/${imageKey(id)}`);
  if (keys.length > 0) await storage.delete(keys);
}

function takeTrashed(db: Database, before: Date) {
  const due = db
    .select({ id: trashedImage.id })
    .from(trashedImage)
    .where(lt(trashedImage.deletedAt, before))
    .orderBy(trashedImage.deletedAt)
    .limit(EMPTIED_PER_RUN);
  return db
    .delete(trashedImage)
    .where(inArray(trashedImage.id, due))
    .returning({ id: trashedImage.id, organizationId: trashedImage.organizationId });
}
