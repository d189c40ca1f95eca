import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { IMAGE_TYPES } from "./image-type.ts";
import { hasTooManyPixels } from "./limits.ts";
import { tooManyPixels } from "./refusals.ts";

export function refusalOf({ size, type }: File, maximum: number): string | null {
  if (size > maximum) return m.errors_image_too_large({ maximum: formatBytes(maximum) });
  const isKnown = type === "" || IMAGE_TYPES.some((known) => known === type);
  return isKnown && size > 0 ? null : m.errors_image_wrong_type();
}

/** The same for its pixels. What this browser cannot open is the server's to judge. */
export async function refusalOfPixels(file: File): Promise<string | null> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  const isOpen = await new Promise<boolean>((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });
  URL.revokeObjectURL(url);
  return isOpen && hasTooManyPixels(image.naturalWidth, image.naturalHeight) ? tooManyPixels() : null;
}
