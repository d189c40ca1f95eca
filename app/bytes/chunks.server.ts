const CHUNK_BYTES = 65_536;

/** `next` returns null at the end. */
type Chunks = { next(): Promise<Uint8Array | null>; cancel(reason: unknown): void };

/** Workerd reads 4 KB at a time unless the reader passes a larger buffer, which only a byte stream accepts. */
export function openChunks(stream: ReadableStream<Uint8Array>): Chunks {
  const { reader, read } = openReader(stream);
  return {
    next: async () => {
      const { done, value } = await read();
      return done ? null : value;
    },
    cancel: (reason) => void reader.cancel(reason).catch(() => {}),
  };
}

function openReader(stream: ReadableStream<Uint8Array>) {
  try {
    const reader = stream.getReader({ mode: "byob" });
    return { reader, read: () => reader.read(new Uint8Array(CHUNK_BYTES)) };
  } catch {
    const reader = stream.getReader();
    return { reader, read: () => reader.read() };
  }
}
