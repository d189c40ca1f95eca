import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PIXELS_MAXIMUM, SIDE_MAXIMUM } from "./limits.ts";

export function tooManyPixels(): string {
  return m.errors_image_too_many_pixels({
    megapixels: formatNumber(PIXELS_MAXIMUM / 1_000_000),
    side: formatNumber(SIDE_MAXIMUM),
  });
}

export function pictureRefusals<const Field extends string>(field: Field) {
  return {
    "too-many-pixels": { status: 413, field, message: tooManyPixels },
    unreadable: { status: 415, field, message: () => m.refusals_image_unreadable() },
  } as const;
}

/** The refusals of `keepPictures` for the fields of its form. */
export function keptRefusals<const Field extends string>(...fields: readonly Field[]) {
  const refusals = fields.flatMap((field) =>
    Object.entries(squareRefusals(field)).map(([reason, refusal]) => [`${field}-${reason}`, refusal]),
  );
  type Squares = ReturnType<typeof squareRefusals<Field>>;
  return Object.fromEntries(refusals) as { [Each in keyof Squares & string as `${Field}-${Each}`]: Squares[Each] };
}

export function squareRefusals<const Field extends string>(field: Field) {
  return {
    ...pictureRefusals(field),
    unavailable: { status: 503, field, message: () => m.refusals_image_unavailable() },
  } as const;
}
