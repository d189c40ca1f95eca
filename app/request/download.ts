/** A file that is written while it is sent. */
export type Download = { name: string; type: string; body: ReadableStream<Uint8Array> };

/** For a door: answers a file that the browser keeps. */
export function download({ name, type, body }: Download): Response {
  return new Response(body, {
    headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` },
  });
}
