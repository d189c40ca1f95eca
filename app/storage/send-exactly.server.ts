/** R2 and S3 need the length first. If the source breaks or its length is wrong, the stream breaks off and this rejects. */
export async function sendExactly(
  source: ReadableStream<Uint8Array>,
  length: number,
  send: (body: ReadableStream<Uint8Array>) => Promise<unknown>,
): Promise<void> {
  const reader = source.getReader();
  const chunks = exactly(reader, length);
  // An empty file would be stored before its source is read, so the source is read first.
  const first = await chunks.next();
  const { readable, writable } = new FixedLengthStream(length);
  const writer = writable.getWriter();
  const faults: unknown[] = [];

  async function nextChunk() {
    try {
      return await chunks.next();
    } catch (error) {
      faults.push(error);
      throw error;
    }
  }

  async function copy() {
    for (let next = first; !next.done; next = await nextChunk()) await writer.write(next.value);
    await writer.close();
  }

  // `send` rejects with an error of the receiver; here it only ends the copying.
  copy().catch((error: unknown) => writer.abort(error).catch(() => {}));
  try {
    await send(readable);
  } catch (error) {
    await reader.cancel(error).catch(() => {});
    throw faults[0] ?? error;
  }
}

/** Holds back each chunk until the next one, so that the last is passed on only if nothing follows it. */
export async function* exactly(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void> {
  let seen = 0;
  let last: Uint8Array | null = null;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value.byteLength === 0) continue;
      seen += next.value.byteLength;
      if (seen > length) throw new RangeError(`More bytes arrived than the announced ${length}`);
      if (last) yield last;
      last = next.value;
    }
    if (seen < length) throw new RangeError(`${seen} bytes arrived instead of the announced ${length}`);
    if (last) yield last;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
