import { type Drawn, drawAnew, type Uploaded } from "./drawn.server.ts";
import { SQUARE_SIDE } from "./limits.ts";
import type { Decoder } from "./readable.server.ts";

export function squareOf(decode: Decoder, uploaded: Uploaded): Promise<Drawn> {
  return drawAnew(decode, uploaded, (side) => {
    const width = Math.min(side, SQUARE_SIDE);
    return { width, height: width, fit: "cover" };
  });
}
