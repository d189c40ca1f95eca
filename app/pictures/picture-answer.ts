import type { StoredFile } from "#app/storage/storage.ts";

/** The response with a small picture. A new picture gets a new id, so the content under this one never changes. */
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
