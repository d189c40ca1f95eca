import { z } from "zod";
import { fromText } from "#app/fields/from-text.ts";
import { nameField } from "#app/fields/name.ts";
import { Once } from "#app/fields/once.server.ts";
import { PageNumber } from "#app/fields/page-number.ts";
import { several } from "#app/fields/several.ts";
import { unlessEmpty } from "#app/fields/unless-empty.ts";
import { type UploadedImage, uploadedImage } from "#app/fields/uploaded-image.ts";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
import { imageSorts } from "./gallery-place.ts";
import { nameFromFile } from "./image-name.ts";
import { IMAGE_NAME_MAXIMUM, IMAGE_SIZE_MAXIMUM, SELECTED_MAXIMUM, THUMBNAIL_WIDTHS } from "./limits.ts";

export const ImageId = z.uuid().brand<"ImageId">();
export type ImageId = z.infer<typeof ImageId>;

/** `by` is a person's id. */
export const GalleryPage = InOrganization.extend({
  page: PageNumber,
  search: z.string().transform(nameOf).default(""),
  sort: z.enum(imageSorts).default("newest"),
  by: unlessEmpty(z.string().max(64)),
  type: unlessEmpty(z.enum(IMAGE_TYPES)),
});
export type GalleryPage = z.infer<typeof GalleryPage>;

export const SelectedImages = InOrganization.extend({
  image: several(ImageId, {
    maximum: SELECTED_MAXIMUM,
    none: () => m.gallery_select_some(),
    tooMany: () => m.gallery_select_fewer({ maximum: SELECTED_MAXIMUM }),
  }),
});
export type SelectedImages = z.infer<typeof SelectedImages>;

/** `undo` is set when the images are restored from the gallery and not from the trash. */
export const RestoredImages = SelectedImages.extend({ undo: z.literal("yes").optional() });

export const TrashPage = InOrganization.extend({ page: PageNumber });

export const ImagesInPages = inPages("images", {});

export const OneImage = InOrganization.extend({ image: ImageId });

/** An image and the list it was opened from. Invalid values fall back to the defaults. */
export const ImageVisit = OneImage.extend({
  search: GalleryPage.shape.search.catch(""),
  sort: GalleryPage.shape.sort.catch("newest"),
  by: GalleryPage.shape.by.catch(undefined),
  type: GalleryPage.shape.type.catch(undefined),
});
export type ImageVisit = z.infer<typeof ImageVisit>;

const Conditions = { "if-match": z.string().optional(), "if-none-match": z.string().optional() };

export const ImageFile = OneImage.extend({
  width: fromText(z.literal(THUMBNAIL_WIDTHS))
    .optional()
    .describe("Width in pixels. Without it, the response is the file as it was uploaded."),
  moving: z
    .string()
    .optional()
    .describe("With `width`: return an animated image in its original size, so that it keeps moving."),
  download: z.string().optional().describe("Send the file as a download under the image's name."),
  headers: z.object({ range: z.string().optional(), "if-range": z.string().optional(), ...Conditions }),
});
export type ImageFile = z.infer<typeof ImageFile>;

/** It has no `width`: a deleted image is shown only small, so that it can be recognized. */
export const TrashedFile = OneImage.extend({ headers: z.object(Conditions) });
export type TrashedFile = z.infer<typeof TrashedFile>;

export type NewImage = UploadedImage & { name: string };

const NewImage = uploadedImage(IMAGE_SIZE_MAXIMUM, {
  missing: () => m.gallery_file_missing(),
  tooLarge: () => m.errors_image_too_large({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) }),
  wrongType: () => m.errors_image_wrong_type(),
}).transform((image): NewImage => ({ ...image, name: nameFromFile(image.file.name) || m.gallery_untitled() }));

export const UploadImage = InOrganization.extend({ file: NewImage, once: Once });

export const RenameImage = OneImage.extend({
  name: nameField({
    example: "Lake at dawn",
    maximum: IMAGE_NAME_MAXIMUM,
    missing: () => m.gallery_name_missing(),
    tooLong: () => m.gallery_name_too_long({ maximum: IMAGE_NAME_MAXIMUM }),
  }),
});
