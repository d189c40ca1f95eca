import type { Grant } from "#app/operation/grant.server.ts";
import { outageOf } from "#app/outside/outage.ts";
import { imageKey } from "./file-keys.ts";
import { THUMBNAIL_WIDTHS, type ThumbnailWidth } from "./limits.ts";

type Size = { id: string; width: ThumbnailWidth };

/** Reads the cache only with a grant, under a URL that nobody can request. Failures are not cached: each request tries again. */
export async function findThumbnail(
  grant: Grant<"gallery:read"> | Grant<"gallery:delete">,
  size: Size,
): Promise<ReadableStream<Uint8Array> | "missing" | "failed"> {
  const kept = await (await caches.open(CACHE)).match(addressOf(grant, size));
  if (kept?.body) return kept.body;
  const made = await makeThumbnail(grant, size);
  if (typeof made === "string") return made === "missing" ? made : "failed";
  keep(grant, size, made);
  return made.stream();
}

export async function isThumbnailMade(grant: Grant<"gallery:create">, id: string): Promise<boolean | null> {
  const size = { id, width: THUMBNAIL_WIDTHS[0] };
  const made = await makeThumbnail(grant, size);
  if (typeof made === "string") return made === "unavailable" ? null : false;
  keep(grant, size, made);
  return true;
}

const CACHE = "thumbnails";

type Making = Grant<"gallery:read"> | Grant<"gallery:create"> | Grant<"gallery:delete">;

async function makeThumbnail({ storage, decode }: Making, { id, width }: Size) {
  const file = await storage.get(imageKey(id));
  if (file === null) return "missing";
  return decode(file.body, { width, fit: "scale-down" }).catch((error: unknown) => {
    const outage = outageOf(error);
    if (outage?.part === "storage") throw error;
    console.warn(JSON.stringify({ level: "warn", image: id, width, fault: String(error) }));
    return outage === null ? ("failed" as const) : ("unavailable" as const);
  });
}

function keep(grant: Making, size: Size, thumbnail: Blob) {
  const headers = { "Content-Type": "image/webp", "Cache-Control": "max-age=31536000" };
  const kept = new Response(thumbnail, { headers });
  grant.after(async () => (await caches.open(CACHE)).put(addressOf(grant, size), kept));
}

function addressOf({ organizationId }: Making, { id, width }: Size): string {
  return `https://thumbnails.internal/${organizationId}/${id}/${width}`;
}
