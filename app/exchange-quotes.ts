const DOUBLE = 34;
const SINGLE = 39;

/**
 * Exchanges the two kinds of quotes. A document contains its data as JSON within a string of JavaScript, where each of the many
 * quotes of JSON would be escaped. The Worker exchanges them before, and the browser after.
 */
export function exchangeQuotes(sent: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const exchanged = (byte: number) => (byte === DOUBLE ? SINGLE : byte === SINGLE ? DOUBLE : byte);
  return sent.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (bytes, controller) => controller.enqueue(bytes.map(exchanged)),
    }),
  );
}
