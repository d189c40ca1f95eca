import type { parseBody } from "#app/request/body/body.server.ts";
import type { IncomingFile } from "#app/request/body/incoming-file.server.ts";

export const BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
export const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
export const PICTURE = "\x89PNG\r\n\x1a\n".padEnd(3000, "\r\n--not the boundary");

type Sending = { chunk?: number; length?: number | null };

/** Each character of a text that contains `\x89` is one byte; any other text is sent in UTF-8. */
export function aRequest(type: string, text: string | string[], { chunk, length }: Sending = {}): Request {
  const bytes = (typeof text === "string" ? [text] : text).map(bytesOf);
  const total = bytes.reduce((sum, part) => sum + part.length, 0);
  const headers = new Headers({ "Content-Type": type });
  if (length !== null) headers.set("Content-Length", String(length ?? total));
  // A body in one piece is a stream of bytes, as in a real request; one in chunks is a stream of objects.
  const body =
    chunk || bytes.length > 1 ? streamOf(bytes.flatMap((part) => cut(part, chunk ?? part.length))) : bytes[0];
  return new Request("https://app.test/", { method: "POST", headers, body: body ?? null });
}

/** A request whose sender stops after `text` without closing the connection. */
export function aSilence(type: string, text: string, { length = text.length + 100 } = {}): Request {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytesOf(text)) });
  const headers = { "Content-Type": type, "Content-Length": String(length) };
  return new Request("https://app.test/", { method: "POST", headers, body });
}

export function aLargeUpload(size: number) {
  const chunkBytes = 65_536;
  const text = multipart([file("image", "large.png", "|")]);
  const [before = "", after = ""] = text.split("|");
  let sent = -1;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const length = Math.min(chunkBytes, size - Math.max(sent, 0));
        if (sent < 0) controller.enqueue(bytesOf(before));
        else if (length > 0) controller.enqueue(new Uint8Array(length).fill(sent));
        else {
          controller.enqueue(bytesOf(after));
          controller.close();
        }
        sent = sent < 0 ? 0 : sent + Math.max(length, 1);
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { "Content-Type": MULTIPART, "Content-Length": String(size + text.length - 1) };
  const request = new Request("https://app.test/", { method: "POST", headers, body });
  return { request, chunkBytes, sent: () => sent };
}

export function field(name: string, value: string): string {
  return `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

export function file(name: string, fileName: string, content: string, type = "application/octet-stream"): string {
  return `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n${content}`;
}

export function multipart(parts: string[]): string {
  return `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join("")}--${BOUNDARY}--\r\n`;
}

export function requireFile(parsed: Awaited<ReturnType<typeof parseBody>>): IncomingFile {
  if (!parsed.ok || !parsed.file) throw new Error(`There is no file in ${JSON.stringify(parsed)}`);
  return parsed.file;
}

export function refusal(status: number, reason: string) {
  return { ok: false, status, reason };
}

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
}

function cut(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.slice(at * size, (at + 1) * size));
}

const isBinary = (text: string) => /\x89/.test(text);

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return isBinary(text)
    ? Uint8Array.from(text, (character) => character.charCodeAt(0))
    : new TextEncoder().encode(text);
}

export async function textOf(incoming: IncomingFile): Promise<string> {
  return latin1(new Uint8Array(await new Response(incoming.stream()).arrayBuffer()));
}

export function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
