import { type ByteReader, indexOf, UnreadableBody } from "#app/bytes/byte-reader.server.ts";

export type IncomingFile = {
  field: string;
  name: string;
  declaredType: string;
  size: number;
  head: Uint8Array;
  /** Exactly `size` bytes, once. Breaks with `UnreadableBody` before its end when the body holds more than this file. */
  stream(): ReadableStream<Uint8Array>;
  discard(): Promise<void>;
};

const HEAD_BYTES = 64;

/** What Cloudflare lets through to a Worker at most: https://developers.cloudflare.com/workers/platform/limits/#request-limits */
const DRAINED_BYTES = 100_000_000;

type Part = Pick<IncomingFile, "field" | "name" | "declaredType" | "size">;

/** `delimiter`: what follows the file; null where the file is the whole body. */
export async function createIncomingFile(
  body: ByteReader,
  delimiter: Uint8Array | null,
  part: Part,
): Promise<IncomingFile> {
  const head = await body.peek(Math.min(HEAD_BYTES, part.size));
  let isTaken = false;
  return {
    ...part,
    head,
    stream() {
      if (isTaken) throw new Error("A file of a request can be read once");
      isTaken = true;
      return fileStream(body, delimiter, part.size);
    },
    discard: () => drain(body),
  };
}

function fileStream(body: ByteReader, delimiter: Uint8Array | null, size: number): ReadableStream<Uint8Array> {
  const holdsDelimiter = delimiter === null ? () => false : createSearch(delimiter);
  let left = size;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (left === 0) {
          if (delimiter !== null) await requireClosing(body, delimiter);
          return controller.close();
        }
        const chunk = await body.takeSome(left);
        if (chunk === null) throw new UnreadableBody("The body ends inside its file");
        // The length counts everything up to the end of the body, so a part behind the file would be stored with it.
        if (holdsDelimiter(chunk)) throw new UnreadableBody("The file is not the last part of the body");
        left -= chunk.length;
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

/** Finds the mark also where it lies across chunks. */
function createSearch(mark: Uint8Array): (chunk: Uint8Array) => boolean {
  let tail = new Uint8Array(0);
  return (chunk) => {
    const seam = concat(tail, chunk.subarray(0, mark.length - 1));
    tail = chunk.length < mark.length ? concat(tail, chunk).slice(1 - mark.length) : chunk.slice(1 - mark.length);
    return indexOf(seam, mark) >= 0 || indexOf(chunk, mark) >= 0;
  };
}

function concat(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** A browser shows the answer only when its upload was taken in to the end: https://www.rfc-editor.org/rfc/rfc9112#section-9.6 */
export async function drain(body: ByteReader): Promise<void> {
  const limit = body.position() + DRAINED_BYTES;
  try {
    while (body.position() < limit && (await body.takeSome(DRAINED_BYTES))) {}
  } catch {
    // Nobody is left to answer.
  }
}
