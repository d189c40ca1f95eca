import type { ImageType } from "#app/pictures/image-type.ts";

const names: Record<ImageType, string> = {
  "image/jpeg": "JPEG",
  "image/png": "PNG",
  "image/webp": "WebP",
  "image/gif": "GIF",
  "image/avif": "AVIF",
};

export const typeNames = Object.entries(names).map(([value, label]) => ({ value, label }));

export function nameOfType(type: ImageType): string {
  return names[type];
}
