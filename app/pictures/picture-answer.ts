import type { StoredFile } from "#app/storage/storage.ts";

/** A small picture whose id is its own: a new picture has a new id, so what is under this one never changes. */
export function pictureAnswer(file: StoredFile | null): Response {
  if (file === null) return Response.json({ error: "not-found" }, { status: 404 });
  return new Response(file.body, {
    headers: {
      "Content-Type": file.type,
      "Content-Length": String(file.size),
      "Content-Disposition": "inline",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "private, max-age=31536000, immutable",
    },
  });
}
