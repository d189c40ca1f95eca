import { RightLost } from "#app/operation/meanwhile.server.ts";
import { logFault } from "./faults.server.ts";

/** How long a body is sent before the caller's access is checked again. */
export const CHECKED_EVERY_MS = 5_000;

type Checked = {
  requestId: string;
  /** Rejects with `RightLost` if the caller no longer has access. */
  checkAccess(): Promise<void>;
};

/**
 * A body of text or bytes, made piece by piece as it is read. The first piece is made now, while the status can still change. The
 * body breaks off if the caller loses access while it is sent, so that it cannot be taken for the whole.
 */
export async function textStream(
  pieces: AsyncGenerator<string | Uint8Array>,
  { requestId, checkAccess }: Checked,
): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let checkedAt = Date.now();
  let next = await pieces.next();
  return new ReadableStream({
    async pull(controller) {
      if (next.done) return controller.close();
      try {
        if (Date.now() - checkedAt >= CHECKED_EVERY_MS) {
          await checkAccess();
          checkedAt = Date.now();
        }
        controller.enqueue(typeof next.value === "string" ? encoder.encode(next.value) : next.value);
        next = await pieces.next();
      } catch (error) {
        if (!(error instanceof RightLost)) logFault(error, { requestId });
        controller.error(error);
        await pieces.return(undefined);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
