import { and, gte, lt, sql } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/operation/grant.server.ts";

const CHANGE_DAYS = 30;
const DAY_MS = 86_400_000;
/** Counted no further. */
const IMAGES_COUNTED = 1_000;

/** `storageUsed` and `storageQuota` in bytes; `added` in the last thirty days, `addedBefore` in the thirty before. */
export function imageFigures(scope: Scope<"dashboard:read">) {
  const { imageCount: images, storageUsed, storageQuota } = organization;
  const [added, addedBefore] = [addedIn(scope, 0), addedIn(scope, CHANGE_DAYS)];
  return scope.select({ images, storageUsed, storageQuota, added, addedBefore }).from(organization);
}

/** Of the images that are still there, in so many days that ended `ago` days ago. */
function addedIn(scope: Scope<"dashboard:read">, ago: number) {
  const at = (days: number) => new Date(scope.now.getTime() - days * DAY_MS);
  const rows = scope
    .select({ id: image.id })
    .from(image)
    .where(and(gte(image.createdAt, at(ago + CHANGE_DAYS)), ago === 0 ? undefined : lt(image.createdAt, at(ago))))
    .limit(IMAGES_COUNTED);
  return sql<number>`(select count(*) from ${rows})`;
}

export type ImageFigures = Awaited<ReturnType<typeof imageFigures>>[number];
