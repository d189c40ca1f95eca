import { and, gte, lt } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import type { RowOf } from "#app/operation/reach.server.ts";
import { IMAGES_COUNTED } from "./limits.ts";

/** Columns of the organization. Storage is in bytes. `added` counts the last `days`, `addedBefore` as many before. */
export function imageFigures(scope: Scope<"dashboard:read">, days: number) {
  const { imageCount: images, storageUsed, storageQuota } = organization;
  const added = addedIn(scope, { days, ago: 0 });
  return { images, storageUsed, storageQuota, added, addedBefore: addedIn(scope, { days, ago: days }) };
}

type Span = { days: number; ago: number };

/** Counts images that still exist and were added in the `days` that ended `ago` days ago. */
function addedIn({ now, count }: Scope<"dashboard:read">, { days, ago }: Span) {
  const at = (past: number) => new Date(now.getTime() - past * DAY_MS);
  const isBefore = ago === 0 ? undefined : lt(image.createdAt, at(ago));
  return count(image, { where: and(gte(image.createdAt, at(ago + days)), isBefore), upTo: IMAGES_COUNTED });
}

export type ImageFigures = RowOf<ReturnType<typeof imageFigures>>;
