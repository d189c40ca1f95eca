import { hasTooManyPixels } from "./limits.ts";

export type Unfit = "too-many-pixels" | "unreadable";

/** The fault is in the picture, and so with its sender: the response is 413 or 415. */
export class UnfitPicture extends Error {
  readonly reason: Unfit;

  constructor(reason: Unfit) {
    super(`The picture cannot be used: ${reason}`);
    this.reason = reason;
  }
}

export type Canvas = {
  measure(width: number, height: number): void;
  addFrames(count: number): void;
  side(): number;
};

export function createCanvas(): Canvas {
  let [width, height, frames] = [0, 0, 0];
  const check = () => {
    if (hasTooManyPixels(width, height, Math.max(1, frames))) throw new UnfitPicture("too-many-pixels");
  };
  return {
    measure(newWidth, newHeight) {
      width = Math.max(width, newWidth);
      height = Math.max(height, newHeight);
      check();
    },
    addFrames(count) {
      frames += count;
      check();
    },
    side() {
      const side = Math.min(width, height);
      if (side === 0) throw new UnfitPicture("unreadable");
      return side;
    },
  };
}
