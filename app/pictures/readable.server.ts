import { Buffer } from "node:buffer";
import { answeredWithin, Outage } from "#app/outside/outage.ts";
import type { ImageType } from "./image-type.ts";

/** One pixel each. If the service cannot read these, the service is at fault, not the picture. */
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const AVIF =
  "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAABsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAEAAAABAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAjbWRhdBIACgc4AAbQENBpMg4f8mKE4AAWAAAQkDWWgA==";

/** Rejects if the picture cannot be read: with an `Outage` of the storage if it broke off, of the service if it timed out. */
export type Decoder = (picture: ReadableStream<Uint8Array>, transform: ImageTransform) => Promise<Blob>;

export function createDecoder(images: ImagesBinding, { answerWithinMs }: { answerWithinMs: number }): Decoder {
  return async (picture, transform) => {
    const source = heard(picture);
    try {
      return await answeredWithin("image service", answerWithinMs, async () => {
        const reading = images.input(source.stream).transform(transform);
        const made = await reading.output({ format: "image/webp", anim: false });
        return new Response(made.image()).blob();
      });
    } catch (error) {
      source.stop(error);
      throw source.fault ?? error;
    }
  };
}

/** Returns the same stream, noting what broke it: for a stream that breaks off, the service only says that it cannot read it. */
function heard(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const source = {
    fault: null as Outage | null,
    stop: (reason: unknown) => void reader.cancel(reason).catch(() => {}),
    stream: new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const next = await reader.read();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          // workerd's own streams pass on only the message of an error, not the error itself.
          source.fault = new Outage("storage", "failed in the middle of a picture", { cause: error });
          throw error;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    }),
  };
  return source;
}

/** Tries it out: the service's codes do not tell apart a damaged picture, an outage, a used-up quota and an unknown format. */
export async function isServiceReading(decode: Decoder, type: ImageType): Promise<boolean> {
  const pixel = new Blob([Buffer.from(type === "image/avif" ? AVIF : PNG, "base64")]);
  try {
    await decode(pixel.stream(), { width: 1 });
    return true;
  } catch {
    return false;
  }
}
