import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { PICTURE_BYTES } from "#app/pictures/limits.ts";
import { uploadedImage } from "./uploaded-image.ts";

/** A picture that a form of one's own resources has to send. */
export const picture = uploadedImage(PICTURE_BYTES, {
  missing: () => m.refusals_logo_invalid(),
  tooLarge: () => m.errors_image_too_large({ maximum: formatBytes(PICTURE_BYTES) }),
  wrongType: () => m.errors_image_wrong_type(),
});

/** One that it may send; null: none was chosen. */
export const optionalPicture = picture.nullish().transform((sent) => sent ?? null);
