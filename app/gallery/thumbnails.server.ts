import type { Grant } from "#app/request/grant.server.ts";
import { imageKey } from "./file-keys.ts";
import type { ImageFileRow } from "./images.server.ts";
import type { ThumbnailWidth } from "./limits.ts";

type Size = { id: ImageFileRow["id"]; width: ThumbnailWidth };

/**
 * The image as WebP, at most `width` pixels wide, or null when it cannot be made: there is no file, or it cannot be decoded.
 * The cache is asked only with a grant in hand, under an address that nobody can request.
 */
export async function findThumbnail(grant: Grant<"gallery:read">, { id, width }: Size): Promise<ReadableStream | null> {
  const cache = await caches.open("thumbnails");
  const address = `https://thumbnails.internal/${grant.organizationId}/${id}/${width}`;
  const kept = await cache.match(address);
  if (kept?.body) return kept.body;
  const file = await grant.storage.get(imageKey(id));
  if (file === null) return null;
  const made = await resize(grant.images, file.body, width).catch((error: unknown) => {
    console.warn(JSON.stringify({ level: "warn", image: id, width, fault: String(error) }));
    return null;
  });
  if (made === null) return null;
  const [answered, keeping] = made.tee();
  const headers = { "Content-Type": "image/webp", "Cache-Control": "max-age=31536000" };
  grant.after(() => cache.put(address, new Response(keeping, { headers })));
  return answered;
}

async function resize(images: ImagesBinding, file: ReadableStream<Uint8Array>, width: number) {
  const resized = await images.input(file).transform({ width, fit: "scale-down" }).output({ format: "image/webp" });
  return resized.image();
}
