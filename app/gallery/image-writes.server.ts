import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { AuditAction } from "#app/audit/actions.ts";
import { audited } from "#app/audit/entries.server.ts";
import { image } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { images, searchStatement } from "#app/db/search.server.ts";
import { type Unfit, UnfitPicture } from "#app/pictures/canvas.server.ts";
import { cleaned } from "#app/pictures/cleaned.server.ts";
import { isServiceReading } from "#app/pictures/readable.server.ts";
import type { Grant } from "#app/request/grant.server.ts";
import { idOnce } from "#app/request/once.server.ts";
import { imageKey } from "./file-keys.ts";
import type { ImageId, NewImage } from "./schemas.ts";
import { isThumbnailMade } from "./thumbnails.server.ts";

/** Keeps an uploaded image: file first, row last, and only within the organization's quota. */
export async function addImage(
  grant: Grant<"gallery:create">,
  { file, type, name }: NewImage,
  once?: string,
): Promise<{ ok: true; image: { id: string; name: string } } | { ok: false; reason: "quota-full" | Unfit }> {
  const { organizationId, userId, newId } = grant;
  const id = idOnce({ once, equal: [organizationId, file.name, file.size], userId, newId });
  // When this throws, or the batch below does, nobody knows whether the row stands; the sweep finds out.
  const unfit = await store(grant, { id, file, type });
  if (unfit !== null) return { ok: false, reason: unfit };
  const [inserted, , , there] = await grant.commit([
    insertWithinQuota(grant, { id, name, type, size: file.size }),
    audited(grant, { action: "image.created", target: { id, name } }).entry,
    searchStatement(grant.db, images, { id, name }),
    grant.db.select({ id: image.id }).from(image).where(inOrganization(grant, id)),
  ]);
  if (inserted.length === 1 || there.length === 1) return { ok: true, image: { id, name } };
  await grant.storage.delete([imageKey(id)]);
  return { ok: false, reason: "quota-full" };
}

/** Keeps the file without what it says of people and places; what cannot be shown is not kept. */
async function store(
  grant: Grant<"gallery:create">,
  { id, file, type }: Omit<NewImage, "name"> & { id: string },
): Promise<Unfit | null> {
  try {
    await grant.storage.put(imageKey(id), cleaned(file.stream(), type), { length: file.size, type });
  } catch (error) {
    if (error instanceof UnfitPicture) return error.reason;
    throw error;
  }
  if ((await isThumbnailMade(grant, id)) || !(await isServiceReading(grant.images, type))) return null;
  await grant.storage.delete([imageKey(id)]);
  return "unreadable";
}

type Changed = { ok: true } | { ok: false; reason: "not-found" | "not-yours" };

export async function renameImage(
  grant: Grant<"gallery:update">,
  { image: id, name }: { image: ImageId; name: string },
): Promise<Changed> {
  const target = and(reachable(grant, id), ne(image.name, name));
  const [, , reached, existing] = await grant.commit([
    entryAbout(grant, { action: "image.renamed", target, after: { name } }).entry,
    grant.db.update(image).set({ name, updatedAt: grant.now }).where(target),
    grant.db.select({ id: image.id }).from(image).where(reachable(grant, id)),
    grant.db.select({ id: image.id }).from(image).where(inOrganization(grant, id)),
    searchStatement(grant.db, images, { id, name }),
  ]);
  if (reached.length === 1) return { ok: true };
  return { ok: false, reason: existing.length === 1 ? "not-yours" : "not-found" };
}

/** Takes the row first and its file after: a file without a row is swept, a row without a file would be a broken picture. */
export async function removeImage(grant: Grant<"gallery:delete">, id: ImageId): Promise<Changed> {
  const target = reachable(grant, id);
  const [, removed, existing] = await grant.commit([
    entryAbout(grant, { action: "image.deleted", target }).entry,
    grant.db.delete(image).where(target).returning({ id: image.id }),
    grant.db.select({ id: image.id }).from(image).where(inOrganization(grant, id)),
  ]);
  if (removed.length === 0) return { ok: false, reason: existing.length === 1 ? "not-yours" : "not-found" };
  grant.after(() => grant.storage.delete([imageKey(id)]));
  return { ok: true };
}

type Tenant = Pick<Grant<"gallery:read">, "organizationId">;
type Reaching = Grant<"gallery:update"> | Grant<"gallery:delete">;

function inOrganization({ organizationId }: Tenant, id: string) {
  return and(eq(image.id, id), eq(image.organizationId, organizationId));
}

function reachable(grant: Reaching, id: ImageId) {
  return and(inOrganization(grant, id), grant.reachesAll ? undefined : eq(image.createdBy, grant.userId));
}

type Values = Pick<typeof image.$inferInsert, "id" | "name" | "type" | "size">;

function insertWithinQuota({ db, organizationId, userId, now }: Grant<"gallery:create">, values: Values) {
  const fitting = db
    .select({
      id: sql<string>`${values.id}`.as("id"),
      organizationId: organization.id,
      createdBy: sql<string>`${userId}`.as("created_by"),
      name: sql<string>`${values.name}`.as("name"),
      type: sql<Values["type"]>`${values.type}`.as("type"),
      size: sql<number>`${values.size}`.as("size"),
      createdAt: sql<Date>`${now.getTime()}`.as("created_at"),
      updatedAt: sql<Date>`${now.getTime()}`.as("updated_at"),
    })
    .from(organization)
    .where(
      and(
        eq(organization.id, organizationId),
        sql`not exists (select 1 from ${image} where ${image.id} = ${values.id})`,
        sql`${organization.storageUsed} + ${values.size} <= ${organization.storageQuota}`,
      ),
    );
  return db.insert(image).select(fitting).returning({ id: image.id });
}

type Entry = { action: AuditAction; target: SQL | undefined; after?: Record<string, unknown> };

/** Comes before the change it tells of, while the image still has the name it is remembered by. */
function entryAbout(grant: Reaching, { action, target, after }: Entry) {
  return audited(grant, {
    action,
    target: { id: sql`${image.id}`, name: sql`${image.name}` },
    before: sql`json_object('name', ${image.name})`,
    ...(after && { after }),
    from: sql`from ${image} where ${target}`,
  });
}
