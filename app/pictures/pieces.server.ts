import type { ByteReader } from "#app/bytes/byte-reader.server.ts";
import { concat } from "#app/bytes/concat.server.ts";

export type Pieces = AsyncGenerator<Uint8Array, void>;

const PIECE_BYTES = 65_536;

export async function* passed(bytes: ByteReader, length: number): Pieces {
  for (let left = length; left > 0; ) {
    const piece = await bytes.peek(Math.min(left, PIECE_BYTES));
    if (piece.length === 0) return;
    bytes.skip(piece.length);
    left -= piece.length;
    yield piece;
  }
}

/** Yields zeros for the next bytes. Metadata, and what follows a picture's end, is blanked, so that the length stays the same. */
export async function* blanked(bytes: ByteReader, length = Number.POSITIVE_INFINITY): Pieces {
  for await (const piece of passed(bytes, length)) yield new Uint8Array(piece.length);
}

/** Takes `length` bytes as one array, which the caller can change; null if the file ends before. */
export async function taken(bytes: ByteReader, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const seen = await bytes.peek(length);
  if (seen.length < length) return null;
  bytes.skip(length);
  return new Uint8Array(seen);
}

export function lettersAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Returns the pieces as a stream of larger ones, because a receiver needs time for each, however small it is. */
export function streamOf(pieces: Pieces): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const gathered: Uint8Array[] = [];
        let length = 0;
        let isOver = false;
        while (length < PIECE_BYTES && !isOver) {
          const next = await pieces.next();
          isOver = next.done === true;
          if (next.done) break;
          gathered.push(next.value);
          length += next.value.length;
        }
        if (length > 0) controller.enqueue(concat(gathered));
        if (isOver) controller.close();
      },
      async cancel() {
        await pieces.return();
      },
    },
    { highWaterMark: 0 },
  );
}
