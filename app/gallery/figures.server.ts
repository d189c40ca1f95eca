import { organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/operation/grant.server.ts";

/** `storageUsed` and `storageQuota` in bytes. */
export function imageFigures(scope: Scope<"dashboard:read">) {
  const { imageCount: images, storageUsed, storageQuota } = organization;
  return scope.select({ images, storageUsed, storageQuota }).from(organization);
}

export type ImageFigures = Awaited<ReturnType<typeof imageFigures>>[number];
