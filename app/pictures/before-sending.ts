import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { IMAGE_TYPES } from "./image-type.ts";
import { hasTooManyPixels } from "./limits.ts";
import { MOTION_BYTES, moves } from "./motion.ts";
import { tooManyPixels } from "./refusals.ts";
import { imageTypeOf } from "./sniff.ts";

export function refusalOf({ size, type }: File, maximum: number): string | null {
  if (size > maximum) return m.errors_image_too_large({ maximum: formatBytes(maximum) });
  const isKnown = type === "" || IMAGE_TYPES.some((known) => known === type);
  return isKnown && size > 0 ? null : m.errors_image_wrong_type();
}

/** Like `refusalOf`, for the number of pixels. The server checks what this browser cannot open. */
export async function refusalOfPixels(file: File): Promise<string | null> {
  return refusalOfSides(await sidesOf(file));
}

export type Chosen = { file: File; isShown: boolean; mayMove: boolean };

/** Looks into a chosen file before it is sent. Returns why it is refused, or how it can be shown. */
export async function lookInto(file: File, maximum: number): Promise<Chosen | { refusal: string }> {
  const refusal = refusalOf(file, maximum);
  if (refusal !== null) return { refusal };
  const head = new Uint8Array(await file.slice(0, MOTION_BYTES).arrayBuffer());
  const type = imageTypeOf(head);
  if (type === null) return { refusal: m.errors_image_wrong_type() };
  const sides = await sidesOf(file);
  const tooMany = refusalOfSides(sides);
  return tooMany === null ? { file, isShown: sides !== null, mayMove: moves(head, type) } : { refusal: tooMany };
}

type Sides = { width: number; height: number } | null;

function refusalOfSides(sides: Sides): string | null {
  return sides !== null && hasTooManyPixels(sides.width, sides.height) ? tooManyPixels() : null;
}

async function sidesOf(file: File): Promise<Sides> {
  const url = URL.createObjectURL(file);
  const image = new Image();
  const isOpen = await new Promise<boolean>((resolve) => {
    image.onload = () => resolve(true);
    image.onerror = () => resolve(false);
    image.src = url;
  });
  URL.revokeObjectURL(url);
  return isOpen ? { width: image.naturalWidth, height: image.naturalHeight } : null;
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** The same action, during which the browser asks before it leaves the document: that would break off the sending of a file. */
export function askingToStay<Sent, Answer>(action: (sent: Sent) => Promise<Answer>) {
  return async (sent: Sent) => {
    addEventListener("beforeunload", ask);
    try {
      return await action(sent);
    } finally {
      removeEventListener("beforeunload", ask);
    }
  };
}
