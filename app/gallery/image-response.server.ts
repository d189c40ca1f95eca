import { conditionsOf, isKnownTo } from "#app/operation/conditions.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { MOTION_BYTES, moves } from "#app/pictures/motion.ts";
import { disposition, safeHeaders } from "#app/storage/file-headers.ts";
import { parseRange } from "./byte-range.ts";
import { imageKey } from "./file-keys.ts";
import { extensionOf } from "./image-name.ts";
import type { ImageFileRow } from "./images.server.ts";
import { THUMBNAIL_WIDTHS, type ThumbnailWidth } from "./limits.ts";
import type { ImageFile, TrashedFile } from "./schemas.ts";
import { findThumbnail } from "./thumbnails.server.ts";

type Opening = Grant<"gallery:read"> | Grant<"gallery:delete">;

export type OpenImage = ImageFileRow & {
  original(range?: { offset: number; length: number }): ReturnType<Opening["storage"]["get"]>;
  thumbnail(width: ThumbnailWidth): ReturnType<typeof findThumbnail>;
};

export function openImage(row: ImageFileRow, grant: Opening): OpenImage {
  return {
    ...row,
    original: (range) => grant.storage.get(imageKey(row.id), range),
    thumbnail: (width) => findThumbnail(grant, { id: row.id, width }),
  };
}

export function imageResponse(
  image: OpenImage,
  { width, moving, download, headers }: Pick<ImageFile, "width" | "moving" | "download" | "headers">,
): Response | Promise<Response> {
  const etag = `"${[image.id, width, moving === undefined ? undefined : "moving"].filter((part) => part).join("-")}"`;
  const shared = {
    ...safeHeaders,
    ETag: etag,
    // The bytes of an id never change. A download is revalidated, because the image's name may have changed.
    "Cache-Control": download === undefined ? "private, max-age=31536000, immutable" : "private, no-cache",
  };
  const isKnown = isKnownTo(conditionsOf(new Map(Object.entries(headers))), etag);
  if (isKnown && download === undefined) return new Response(null, { status: 304, headers: shared });
  if (width !== undefined) return thumbnail(image, { width, isLarge: moving !== undefined, headers: shared });
  const isFresh = headers["if-range"] === undefined || headers["if-range"] === etag;
  const asked = isFresh ? headers.range : undefined;
  return original(image, { range: asked, isDownload: download !== undefined, headers: shared });
}

/** Only the small thumbnail: a deleted image is shown so that it can be recognized. */
export function trashedResponse(image: OpenImage, { headers }: TrashedFile): Response | Promise<Response> {
  const width = THUMBNAIL_WIDTHS[0];
  return imageResponse(image, { width, headers });
}

type Thumbnail = { width: ThumbnailWidth; isLarge: boolean; headers: Record<string, string> };

async function thumbnail(image: OpenImage, { width, isLarge, headers }: Thumbnail) {
  const asItIs = { range: undefined, isDownload: false };
  if (isLarge && (await isMoving(image))) return original(image, { ...asItIs, headers });
  const made = await image.thumbnail(width);
  if (made === "missing") return notFound();
  if (made === "failed") return isLarge ? original(image, { ...asItIs, headers: forNow(headers) }) : placeholder();
  return new Response(made, {
    headers: {
      ...headers,
      "Content-Type": "image/webp",
      "Content-Disposition": disposition("inline", `${image.name}.webp`),
    },
  });
}

async function isMoving({ type, original }: OpenImage): Promise<boolean> {
  if (type === "image/jpeg" || type === "image/gif") return type === "image/gif";
  const start = await original({ offset: 0, length: MOTION_BYTES });
  return start !== null && moves(await new Response(start.body).bytes(), type);
}

function forNow({ ETag: _, ...headers }: Record<string, string>) {
  return { ...headers, "Cache-Control": "private, max-age=60" };
}

/** Shown in a grid when no thumbnail can be made: the original could be a thousand times as large. */
function placeholder() {
  const headers = { ...forNow(safeHeaders), "Content-Type": "image/svg+xml; charset=utf-8" };
  return new Response(PLACEHOLDER, { headers });
}

const PLACEHOLDER = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 360" width="480" height="360">
<rect width="480" height="360" fill="#808080" fill-opacity=".12"/>
<g fill="none" stroke="#808080" stroke-width="9" stroke-linecap="round" stroke-linejoin="round">
<path d="M186 138h108v84H186zM186 204l32-30 26 22 18-16 32 26M176 118l128 124"/></g></svg>`;

type Original = { range: string | undefined; isDownload: boolean; headers: Record<string, string> };

async function original(image: OpenImage, { range: asked, isDownload, headers }: Original) {
  const range = parseRange(asked, image.size);
  if (range === "unsatisfiable") {
    return new Response(null, {
      status: 416,
      headers: { ...headers, "Cache-Control": "no-store", "Content-Range": `bytes */${image.size}` },
    });
  }
  const file = await image.original(range ?? undefined);
  if (file === null) return notFound();
  const { offset, length } = range ?? { offset: 0, length: image.size };
  return new Response(file.body, {
    status: range === null ? 200 : 206,
    headers: {
      ...headers,
      "Content-Type": image.type,
      "Content-Length": String(length),
      "Content-Disposition": disposition(
        isDownload ? "attachment" : "inline",
        `${image.name}.${extensionOf(image.type)}`,
      ),
      "Accept-Ranges": "bytes",
      ...(range !== null && { "Content-Range": `bytes ${offset}-${offset + length - 1}/${image.size}` }),
    },
  });
}

function notFound() {
  return Response.json({ error: "not-found" }, { status: 404 });
}
