export const IMAGE_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];
