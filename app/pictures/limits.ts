/** Of all frames together. A picture with more would flood the viewer's memory. */
export const PIXELS_MAXIMUM = 50_000_000;
/** In pixels. The Images service accepts no more either. */
export const SIDE_MAXIMUM = 12_000;

export function hasTooManyPixels(width: number, height: number, frames = 1): boolean {
  return Math.max(width, height) > SIDE_MAXIMUM || width * height * frames > PIXELS_MAXIMUM;
}

export const SQUARE_SIDE = 512;

/** For a picture in a resource of your own. A form can have several, which the Worker keeps in memory at the same time. */
export const PICTURE_BYTES = 5_000_000;
/** The largest width and height at which it is kept, in pixels. */
export const PICTURE_SIDE = 1_024;
