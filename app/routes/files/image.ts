import { imageKey } from "#app/gallery/file-keys.ts";
import { type ImageFileRow, imageFile } from "#app/gallery/images.server.ts";
import type { ThumbnailWidth } from "#app/gallery/limits.ts";
import { ImageFile } from "#app/gallery/schemas.ts";
import { findThumbnail } from "#app/gallery/thumbnails.server.ts";
import type { Grant } from "#app/request/grant.server.ts";
import { read } from "#app/request/read.server.ts";
import { namesTag, parseRange } from "./byte-range.ts";

export const loader = read({
  validate: ImageFile,
  headers: ["range", "if-range", "if-none-match"],
  authenticate: "session",
  authorize: "gallery:read",
  execute: (scope, { image }) => imageFile(scope, image),
  answer: (found, grant, { width, download, headers }) => {
    if (found === null) return notFound();
    const etag = width === undefined ? `"${found.id}"` : `"${found.id}-${width}"`;
    const shared = {
      ...safeHeaders,
      ETag: etag,
      // An id names the same bytes for ever. A download is asked for anew, because its name may have changed.
      "Cache-Control": download === undefined ? "private, max-age=31536000, immutable" : "private, no-cache",
    };
    if (download === undefined && namesTag(headers["if-none-match"], etag)) {
      return new Response(null, { status: 304, headers: shared });
    }
    if (width !== undefined) return thumbnail(grant, found, { width, headers: shared });
    const isFresh = headers["if-range"] === undefined || headers["if-range"] === etag;
    const asked = isFresh ? headers.range : undefined;
    return original(grant, found, { range: asked, isDownload: download !== undefined, headers: shared });
  },
});

/** What a person uploaded is never run, whatever a browser would make of it. With a 304 too: its headers replace the kept ones. */
const safeHeaders = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
};

type Reading = Grant<"gallery:read">;
type Thumbnail = { width: ThumbnailWidth; headers: Record<string, string> };

async function thumbnail(grant: Reading, image: ImageFileRow, { width, headers }: Thumbnail) {
  const made = await findThumbnail(grant, { id: image.id, width });
  if (made === null) return original(grant, image, { range: undefined, isDownload: false, headers });
  return new Response(made, {
    headers: {
      ...headers,
      "Content-Type": "image/webp",
      "Content-Disposition": disposition("inline", image.name, "webp"),
    },
  });
}

type Original = { range: string | undefined; isDownload: boolean; headers: Record<string, string> };

async function original({ storage }: Reading, image: ImageFileRow, { range: asked, isDownload, headers }: Original) {
  const range = parseRange(asked, image.size);
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${image.size}` } });
  }
  const file = await storage.get(imageKey(image.id), range ?? undefined);
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
        image.name,
        image.type.slice("image/".length),
      ),
      "Accept-Ranges": "bytes",
      ...(range !== null && { "Content-Range": `bytes ${offset}-${offset + length - 1}/${image.size}` }),
    },
  });
}

function notFound() {
  return Response.json({ error: "not-found" }, { status: 404 });
}

/** RFC 6266 with the encoding of RFC 8187, which leaves fewer characters as they are than a URI does. */
function disposition(kind: "inline" | "attachment", name: string, extension: string): string {
  const encoded = encodeURIComponent(`${name}.${extension === "jpeg" ? "jpg" : extension}`).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename*=UTF-8''${encoded}`;
}
