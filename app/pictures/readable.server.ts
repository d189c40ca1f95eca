import { Buffer } from "node:buffer";
import type { ImageType } from "#app/storage/image-type.ts";

/** One pixel each: whoever cannot read these is not at fault with a picture. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const AVIF =
  "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAABsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAEAAAABAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAjbWRhdBIACgc4AAbQENBpMg4f8mKE4AAWAAAQkDWWgA==";

/**
 * Whether the Images service reads this type at all at the moment. Asked when it could not read a picture: its codes do not
 * tell a damaged picture from an outage, a used-up allowance or a format it does not know.
 */
export async function isServiceReading(images: ImagesBinding, type: ImageType): Promise<boolean> {
  const pixel = new Blob([Buffer.from(type === "image/avif" ? AVIF : PNG, "base64")]);
  try {
    await decoded(images, pixel.stream(), { width: 1 });
    return true;
  } catch {
    return false;
  }
}

/** The picture as a WebP that stands still. Rejects when it cannot be read. */
export async function decoded(
  images: ImagesBinding,
  picture: ReadableStream<Uint8Array>,
  transform: ImageTransform,
): Promise<ReadableStream<Uint8Array>> {
  const made = await images.input(picture).transform(transform).output({ format: "image/webp", anim: false });
  return made.image();
}
