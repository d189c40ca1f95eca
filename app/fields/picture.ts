import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PICTURE_BYTES } from "#app/pictures/limits.ts";
import { uploadedImage } from "./uploaded-image.ts";

export const picture = uploadedImage(PICTURE_BYTES, {
  missing: () => m.refusals_logo_invalid(),
  tooLarge: () => m.errors_image_too_large({ maximum: formatBytes(PICTURE_BYTES) }),
  wrongType: () => m.errors_image_wrong_type(),
});

/** A picture that can be left out; null if none was chosen. */
export const optionalPicture = picture.nullish().transform((sent) => sent ?? null);
