import { and, gte, lt } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import type { RowOf } from "#app/operation/inside.server.ts";
import { CHANGE_DAYS, IMAGES_COUNTED } from "./limits.ts";

const DAY_MS = 86_400_000;

/** Columns of the organization. Storage is in bytes; `added` counts the last `CHANGE_DAYS`, `addedBefore` as many before. */
export function imageFigures(scope: Scope<"dashboard:read">) {
  const { imageCount: images, storageUsed, storageQuota } = organization;
  return { images, storageUsed, storageQuota, added: addedIn(scope, 0), addedBefore: addedIn(scope, CHANGE_DAYS) };
}

/** Counts images that still exist and were added in the `CHANGE_DAYS` days that ended `ago` days ago. */
function addedIn({ now, count }: Scope<"dashboard:read">, ago: number) {
  const at = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const isBefore = ago === 0 ? undefined : lt(image.createdAt, at(ago));
  return count(image, { where: and(gte(image.createdAt, at(ago + CHANGE_DAYS)), isBefore), upTo: IMAGES_COUNTED });
}

export type ImageFigures = RowOf<ReturnType<typeof imageFigures>>;
