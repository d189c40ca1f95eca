export type Download = { name: string; type: string; body: ReadableStream<Uint8Array> };

export function download({ name, type, body }: Download): Response {
  return new Response(body, {
    headers: { "Content-Type": type, "Content-Disposition": `attachment; filename="${name}"` },
  });
}
