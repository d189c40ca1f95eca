import { inArray } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import type { Download } from "#app/operation/operation.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { imageKey } from "./file-keys.ts";
import { extensionOf } from "./image-name.ts";
import type { SelectedImages } from "./schemas.ts";
import { type ZipFile, zipOf } from "./zip.server.ts";

type Selected = { id: string; name: string; type: string; createdAt: Date };

/** The selected images that the organization has; null if there are none. */
export function selectedImages(
  scope: Scope<"gallery:read">,
  { image: ids }: Pick<SelectedImages, "image">,
): Plan<Selected[] | null> {
  const { id, name, type, createdAt } = image;
  const found = scope.selectPicked({ id, name, type, createdAt }).from(image).where(inArray(image.id, ids)).orderBy(id);
  return plan({ found }, ({ found }) => (found.length === 0 ? null : found));
}

export async function imagesAsZip(selected: Selected[], grant: Grant<"gallery:read">): Promise<Download> {
  return {
    name: `${grant.organization.slug}-images-${grant.now.toISOString().slice(0, 10)}.zip`,
    type: "application/zip",
    body: await grant.stream(zipOf(filesOf(selected, grant))),
  };
}

async function* filesOf(selected: readonly Selected[], { storage }: Grant<"gallery:read">): AsyncGenerator<ZipFile> {
  const names = new Set<string>();
  for (const { id, name, type, createdAt } of selected) {
    const file = await storage.get(imageKey(id));
    // The image was deleted for good after the rows were read.
    if (file === null) continue;
    yield { name: uniqueName(names, name, type), changedAt: createdAt, body: file.body };
  }
}

/** Returns a name that has no folder, is unique in any letter case, and has no characters that an operating system refuses. */
function uniqueName(names: Set<string>, name: string, type: string): string {
  const plain = name.replace(/[\\/:*?"<>|]/g, "-").replace(/^\.+/, "") || "image";
  for (let count = 1; ; count += 1) {
    const unique = `${plain}${count === 1 ? "" : ` (${count})`}.${extensionOf(type)}`;
    if (names.has(unique.toLowerCase())) continue;
    names.add(unique.toLowerCase());
    return unique;
  }
}
