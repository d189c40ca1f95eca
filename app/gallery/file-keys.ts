import type { ImageId } from "./schemas.ts";

export function imageKey(image: ImageId | string): string {
  return `images/${image}`;
}

export function parseImageKey(key: string): { organizationId: string; imageId: string } | null {
  const [, organizationId, imageId] = /^organizations\/([^/]+)\/images\/([^/]+)$/.exec(key) ?? [];
  return organizationId === undefined || imageId === undefined ? null : { organizationId, imageId };
}
