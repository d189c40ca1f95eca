import type { ImageId } from "./schemas.ts";

/** Where an image's file lies inside its organization's storage. */
export function imageKey(image: ImageId | string): string {
  return `images/${image}`;
}

/** The organization and image a full key speaks of, or null when it is not an image's. */
export function parseImageKey(key: string): { organizationId: string; imageId: string } | null {
  const [, organizationId, imageId] = /^organizations\/([^/]+)\/images\/([^/]+)$/.exec(key) ?? [];
  return organizationId === undefined || imageId === undefined ? null : { organizationId, imageId };
}
