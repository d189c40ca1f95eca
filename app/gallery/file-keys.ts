import { ANY_PART, organizationFolder } from "#app/storage/folders.ts";
import type { ImageId } from "./schemas.ts";

export function imageKey(image: ImageId | string): string {
  return `images/${image}`;
}

const IMAGE_KEY = new RegExp(`^${organizationFolder(ANY_PART)}/${imageKey(ANY_PART)}$`);

export function parseImageKey(key: string): { organizationId: string; imageId: string } | null {
  const [, organizationId, imageId] = IMAGE_KEY.exec(key) ?? [];
  return organizationId === undefined || imageId === undefined ? null : { organizationId, imageId };
}
