import { createHash, type Hash } from "node:crypto";
import { type ByteReader, indexOf, UnreadableBody } from "#app/bytes/byte-reader.server.ts";
import { concat } from "#app/bytes/concat.server.ts";

export type IncomingFile = {
  field: string;
  name: string;
  declaredType: string;
  size: number;
  head: Uint8Array;
  /** Exactly `size` bytes, and only once. Fails with `UnreadableBody` before its end if the body contains more than this file. */
  stream(): ReadableStream<Uint8Array>;
  /** Reads the rest of the body and drops it. */
  discard(): Promise<void>;
  /** Hashes the bytes that are read from now on. The function it returns gives the digest, or null while bytes are missing. */
  watch(): () => string | null;
};

const HEAD_BYTES = 64;

/** A file in memory. `bytes` is null if the file is larger than accepted; then only its `size` is known. */
export function createBufferedFile(part: Part, bytes: Uint8Array<ArrayBuffer> | null): IncomingFile {
  const digest = createHash("sha256")
    .update(bytes ?? new Uint8Array())
    .digest("base64url");
  return {
    ...part,
    head: bytes?.subarray(0, HEAD_BYTES) ?? new Uint8Array(),
    stream() {
      if (bytes === null) throw new Error("The file was dropped because it is too large");
      return new Blob([bytes]).stream();
    },
    discard: async () => {},
    watch: () => () => digest,
  };
}

/** The largest body that Cloudflare lets through: https://developers.cloudflare.com/workers/platform/limits/#request-limits */
export const DRAINED_BYTES = 100_000_000;

type Part = Pick<IncomingFile, "field" | "name" | "declaredType" | "size">;

/** `delimiter` follows the file. It is null if the file is the whole body. */
export async function createIncomingFile(
  body: ByteReader,
  delimiter: Uint8Array | null,
  part: Part,
): Promise<IncomingFile> {
  const head = await body.peek(Math.min(HEAD_BYTES, part.size));
  let isTaken = false;
  let hash: Hash | null = null;
  let left = part.size;
  /** Returns null at the end of the file. */
  async function take(): Promise<Uint8Array | null> {
    if (left === 0) return null;
    const chunk = await body.takeSome(left);
    if (chunk === null) throw new UnreadableBody("The body ends inside its file");
    left -= chunk.length;
    hash?.update(chunk);
    return chunk;
  }
  return {
    ...part,
    head,
    stream() {
      if (isTaken) throw new Error("A file in a request can be read only once");
      isTaken = true;
      return fileStream(body, delimiter, take);
    },
    async discard() {
      if (hash !== null) while (await take().catch(() => null)) {}
      await drain(body);
    },
    watch() {
      const watching = createHash("sha256");
      hash = watching;
      let digest: string | null = null;
      return () => {
        if (left === 0) digest ??= watching.digest("base64url");
        return digest;
      };
    },
  };
}

function fileStream(
  body: ByteReader,
  delimiter: Uint8Array | null,
  take: () => Promise<Uint8Array | null>,
): ReadableStream<Uint8Array> {
  const holdsDelimiter = delimiter === null ? () => false : createSearch(delimiter);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await take();
        if (chunk === null) {
          if (delimiter !== null) await requireClosing(body, delimiter);
          return controller.close();
        }
        // `size` covers everything up to the end of the body, so a part after the file would be stored with it.
        if (holdsDelimiter(chunk)) throw new UnreadableBody("The file is not the last part of the body");
        controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
}

async function requireClosing(body: ByteReader, delimiter: Uint8Array) {
  const rest = await body.peek(delimiter.length + 5);
  const closing = rest.length === delimiter.length + 4 && indexOf(rest, delimiter) === 0;
  if (!closing || new TextDecoder().decode(rest.slice(-4)) !== "--\r\n") {
    throw new UnreadableBody("The body does not end with its boundary");
  }
  body.skip(rest.length);
}

/** Finds the mark even if it is split across chunks. */
function createSearch(mark: Uint8Array): (chunk: Uint8Array) => boolean {
  let tail = new Uint8Array(0);
  return (chunk) => {
    const seam = concat([tail, chunk.subarray(0, mark.length - 1)]);
    tail = chunk.length < mark.length ? concat([tail, chunk]).slice(1 - mark.length) : chunk.slice(1 - mark.length);
    return indexOf(seam, mark) >= 0 || indexOf(chunk, mark) >= 0;
  };
}

/** A browser shows the response only if its upload was read to the end: https://www.rfc-editor.org/rfc/rfc9112#section-9.6 */
export async function drain(body: ByteReader): Promise<void> {
  const limit = body.position() + DRAINED_BYTES;
  try {
    while (body.position() < limit && (await body.takeSome(DRAINED_BYTES))) {}
  } catch {
    // The client is gone, so no one needs a response.
  }
}
