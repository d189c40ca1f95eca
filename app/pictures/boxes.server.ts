import { lettersAt, viewOf } from "./pieces.server.ts";

export type Box = {
  type: string;
  start: number;
  from: number;
  end: number;
  headBytes: number;
  length: number;
};

/** Null if there is no valid head. A box that extends to the end of the file has an infinite `end`. */
export function boxAt(bytes: Uint8Array, start: number): Box | null {
  const view = viewOf(bytes);
  if (start + 8 > bytes.length) return null;
  const size = view.getUint32(start);
  const isLong = size === 1;
  if (isLong && start + 16 > bytes.length) return null;
  const headBytes = isLong ? 16 : 8;
  const length = isLong ? Number(view.getBigUint64(start + 8)) : size === 0 ? Number.POSITIVE_INFINITY : size;
  if (length < headBytes) return null;
  return { type: lettersAt(bytes, start + 4), start, from: start + headBytes, end: start + length, headBytes, length };
}

export function* boxesIn(bytes: Uint8Array, { from, end }: Pick<Box, "from" | "end">): Generator<Box> {
  for (let at = from; at < end; ) {
    const box = boxAt(bytes, at);
    if (box === null || box.end > end) return;
    yield box;
    at = box.end;
  }
}

export function blankBox(bytes: Uint8Array, { start, from, end }: Pick<Box, "start" | "from" | "end">) {
  bytes.set([0x66, 0x72, 0x65, 0x65], start + 4); // "free"
  bytes.fill(0, from, end);
}
