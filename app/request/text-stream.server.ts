import { logFault } from "./faults.server.ts";
import type { Trace } from "./trace.server.ts";

/** A body of text or bytes, made piece by piece as it is read. The first piece is made now, while the status can still change. */
export async function textStream(
  pieces: AsyncGenerator<string | Uint8Array>,
  { requestId }: Trace,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let next = await pieces.next();
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(typeof next.value === "string" ? encoder.encode(next.value) : next.value);
      try {
        next = await pieces.next();
      } catch (error) {
        logFault(error, { requestId });
        controller.error(error);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
