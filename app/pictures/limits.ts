/** Of all frames together: what opens as more floods the viewer's memory. */
export const PIXELS_MAXIMUM = 50_000_000;
/** Pixels; the Images service takes no more either. */
export const SIDE_MAXIMUM = 12_000;

export function hasTooManyPixels(width: number, height: number, frames = 1): boolean {
  return Math.max(width, height) > SIDE_MAXIMUM || width * height * frames > PIXELS_MAXIMUM;
}

export const SQUARE_SIDE = 512;
