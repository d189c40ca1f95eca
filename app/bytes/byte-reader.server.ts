import { Buffer } from "node:buffer";
import { openChunks } from "./chunks.server.ts";

export class UnreadableBody extends Error {}

export const SILENCE_LIMIT_MS = 30_000;

/** Buffers what was asked for and the rest of a chunk. Rejects with `UnreadableBody` on a broken connection or 30 s silence. */
export type ByteReader = {
  position(): number;
  /** Returns the next bytes without consuming them; fewer than `length` at the end of the stream. */
  peek(length: number): Promise<Uint8Array>;
  skip(length: number): void;
  takeUntil(mark: Uint8Array, limit: number): Promise<Uint8Array | "too-long" | "ended">;
  /** Drops the bytes before the mark, and the mark. Returns how many were before the mark. */
  dropUntil(mark: Uint8Array, limit: number): Promise<number | "too-long" | "ended">;
  takeSome(most: number): Promise<Uint8Array | null>;
};

export function createByteReader(stream: ReadableStream<Uint8Array>): ByteReader {
  const source = openChunks(stream);
  let isSilent = false;
  const read = async () => {
    if (isSilent) throw new UnreadableBody("The sender has stopped sending");
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        isSilent = true;
        reject(new Error(`No bytes arrived for ${SILENCE_LIMIT_MS / 1000} s`));
      }, SILENCE_LIMIT_MS);
    });
    try {
      return await Promise.race([source.next(), silence]);
    } catch (cause) {
      throw new UnreadableBody("The connection was lost", { cause });
    } finally {
      clearTimeout(timer);
    }
  };
  let buffer: Uint8Array = new Uint8Array(0);
  let start = 0;
  let end = 0;
  let position = 0;

  const held = () => end - start;

  async function fill(): Promise<boolean> {
    const chunk = await read();
    if (chunk === null) return false;
    if (end + chunk.length > buffer.length) {
      // Doubled, so that a body that arrives byte by byte is not copied once per byte.
      const grown = new Uint8Array(Math.max(held() * 2, held() + chunk.length));
      grown.set(buffer.subarray(start, end));
      [buffer, start, end] = [grown, 0, held()];
    }
    buffer.set(chunk, end);
    end += chunk.length;
    return true;
  }

  function skip(length: number) {
    start += length;
    position += length;
  }

  function take(length: number): Uint8Array {
    const taken = buffer.slice(start, start + length);
    skip(length);
    return taken;
  }

  return {
    position: () => position,
    skip,
    async peek(length) {
      while (held() < length && (await fill())) {}
      return buffer.subarray(start, Math.min(end, start + length));
    },
    async takeUntil(mark, limit) {
      let searched = 0;
      for (;;) {
        const at = indexOf(buffer.subarray(start, end), mark, searched);
        if (at > limit || (at < 0 && held() >= limit + mark.length)) return "too-long";
        if (at >= 0) {
          const taken = take(at);
          skip(mark.length);
          return taken;
        }
        searched = Math.max(0, held() - mark.length + 1);
        if (!(await fill())) return "ended";
      }
    },
    async dropUntil(mark, limit) {
      const from = position;
      for (;;) {
        const at = indexOf(buffer.subarray(start, end), mark);
        skip(at < 0 ? Math.max(0, held() - mark.length + 1) : at);
        const dropped = position - from;
        if (at >= 0) {
          skip(mark.length);
          return dropped;
        }
        if (dropped > limit) return "too-long";
        if (!(await fill())) return "ended";
      }
    },
    async takeSome(most) {
      while (held() === 0) {
        const chunk = await read();
        if (chunk === null) return null;
        [buffer, start, end] = [chunk, 0, chunk.length];
      }
      return take(Math.min(most, held()));
    },
  };
}

export function indexOf(bytes: Uint8Array, mark: Uint8Array, from = 0): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(mark, from);
}
