/** Of all frames together: what opens as more floods the viewer's memory. */
export const PIXELS_MAXIMUM = 50_000_000;
/** Pixels; the Images service takes no more either. */
export const SIDE_MAXIMUM = 12_000;

export function hasTooManyPixels(width: number, height: number, frames = 1): boolean {
  return Math.max(width, height) > SIDE_MAXIMUM || width * height * frames > PIXELS_MAXIMUM;
}

export const SQUARE_SIDE = 512;

/** Of a picture in a resource of one's own. A form may have several, which the Worker holds at the same time. */
export const PICTURE_BYTES = 5_000_000;
/** What it is drawn within; pixels. */
export const PICTURE_SIDE = 1_024;
