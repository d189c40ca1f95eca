import { eq, ne, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { image, images, trashedImage } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { markOnce } from "#app/fields/once.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { type Unfit, UnfitPicture } from "#app/pictures/canvas.server.ts";
import { cleanPicture } from "#app/pictures/clean-picture.server.ts";
import { isServiceReading } from "#app/pictures/readable.server.ts";
import { imageKey } from "./file-keys.ts";
import type { ImageId, NewImage } from "./schemas.ts";
import { isThumbnailMade } from "./thumbnails.server.ts";
import { type Changed, refuse, toTrash } from "./trash.server.ts";

/** Stores an uploaded image, if it fits the organization's quota. The file is written first and the row last. */
export async function addImage(
  grant: Grant<"gallery:create">,
  { file: { file, type, name }, once }: { file: NewImage; once?: string | undefined },
): Promise<{ ok: true; image: { id: string; name: string } } | { ok: false; reason: "quota-full" | Unfit }> {
  const { organizationId, actor, storage } = grant;
  const id = grant.newId();
  const mark = markOnce({ once, equal: [organizationId, file.name, file.size], actor });
  // If this or the change below throws, the file is kept, because the row may exist. The sweep deletes files without a row.
  const unfit = await store(grant, { id, file, type });
  if (unfit !== null) return { ok: false, reason: unfit };
  const { size } = file;
  const kept = grant
    .select({ id: image.id })
    .from(image)
    .where(eq(image.once, mark ?? ""));
  // The same form was sent again after its image was deleted.
  const trashed = grant
    .select({ id: trashedImage.id })
    .from(trashedImage)
    .where(eq(trashedImage.once, mark ?? ""));
  const { isMade, facts } = await change(grant, {
    action: "image.created",
    target: { id, name },
    from: organization,
    where: sql`not exists ${kept} and not exists ${trashed}
      and ${organization.storageUsed} + ${size} <= ${organization.storageQuota}`,
    makes: (entry) => ({
      image: entry.insert(image, { id, name, type, size, once: mark, createdAt: grant.now, updatedAt: grant.now }),
      search: entry.searchable(images, { id, name }),
    }),
    facts: { kept, trashed },
  });
  if (isMade) return { ok: true, image: { id, name } };
  await storage.delete([imageKey(id)]);
  const [first] = [...facts.kept, ...facts.trashed];
  return first === undefined ? { ok: false, reason: "quota-full" } : { ok: true, image: { id: first.id, name } };
}

async function store(
  grant: Grant<"gallery:create">,
  { id, file, type }: Omit<NewImage, "name"> & { id: string },
): Promise<Unfit | null> {
  try {
    await grant.storage.put(imageKey(id), cleanPicture(file.stream(), type), { length: file.size, type });
  } catch (error) {
    if (error instanceof UnfitPicture) return error.reason;
    throw error;
  }
  const isMade = await isThumbnailMade(grant, id);
  if (isMade !== false || !(await isServiceReading(grant.decode, type))) return null;
  await grant.storage.delete([imageKey(id)]);
  return "unreadable";
}

export async function renameImage(
  grant: Grant<"gallery:update">,
  { image: id, name }: { image: ImageId; name: string },
): Promise<Changed> {
  const { facts } = await change(grant, {
    action: "image.renamed",
    ...named,
    after: { name },
    where: [eq(image.id, id), ne(image.name, name)],
    makes: (entry) => ({
      name: entry.update(image, { name, updatedAt: grant.now }, eq(image.id, id)),
      search: entry.searchable(images, { id, name }),
    }),
    facts: { reached: grant.select({ id: image.id }).from(image).where(eq(image.id, id)), ...whyNot(grant, id) },
  });
  return facts.reached.length === 1 ? { ok: true } : refuse(facts.known);
}

/** Moves an image to the trash. Its file stays in storage. */
export async function removeImage(grant: Grant<"gallery:delete">, { image: id }: { image: ImageId }): Promise<Changed> {
  const { isMade, facts } = await change(grant, {
    action: "image.deleted",
    ...named,
    where: eq(image.id, id),
    makes: (entry) => ({
      trash: toTrash(grant, entry, eq(image.id, id)),
      row: entry.remove(image, eq(image.id, id)),
    }),
    facts: whyNot(grant, id),
  });
  return isMade ? { ok: true } : refuse(facts.known);
}

/** The audit entry records the name from before the change. */
const named = { from: image, target: { id: image.id, name: image.name }, before: { name: image.name } };

function whyNot(grant: Grant<"gallery:update" | "gallery:delete">, id: ImageId) {
  return { known: grant.selectOfAnyone({ id: image.id }).from(image).where(eq(image.id, id)) };
}
