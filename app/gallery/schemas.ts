import { z } from "zod";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import type { IncomingFile } from "#app/request/body.server.ts";
import { type ImageType, imageTypeOf } from "#app/storage/image-type.ts";
import { cleanName, nameFromFile, nameLength } from "./image-name.ts";
import { IMAGE_NAME_MAXIMUM, IMAGE_SIZE_MAXIMUM, THUMBNAIL_WIDTHS } from "./limits.ts";

export const ImageId = z.uuid().brand<"ImageId">();
export type ImageId = z.infer<typeof ImageId>;

/** A page that is too far is answered by the last one; one that is no number is refused. */
export const GalleryPage = InOrganization.extend({
  page: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .default("1")
    .transform(Number),
});

export const OneImage = InOrganization.extend({ image: ImageId });

export const ImageFile = OneImage.extend({
  width: z.string().transform(Number).pipe(z.literal(THUMBNAIL_WIDTHS)).optional(),
  download: z.string().optional(),
  headers: z.object({
    range: z.string().optional(),
    "if-range": z.string().optional(),
    "if-none-match": z.string().optional(),
  }),
});
export type ImageFile = z.infer<typeof ImageFile>;

/** An uploaded file that is an image by its first bytes, whatever it calls itself. */
export type NewImage = { file: IncomingFile; type: ImageType; name: string };

const NewImage = z
  .custom<IncomingFile>(isIncomingFile, { error: () => m.gallery_file_missing() })
  .transform((file, context): NewImage => {
    const type = imageTypeOf(file.head);
    if (file.size > IMAGE_SIZE_MAXIMUM) {
      const message = m.gallery_file_too_large({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) });
      context.addIssue({ code: "custom", message, params: { status: 413 } });
    } else if (type === null) {
      context.addIssue({ code: "custom", message: m.gallery_file_wrong_type(), params: { status: 415 } });
    } else {
      return { file, type, name: nameFromFile(file.name) || m.gallery_untitled() };
    }
    return z.NEVER;
  });

function isIncomingFile(value: unknown): value is IncomingFile {
  return typeof value === "object" && value !== null && "stream" in value && typeof value.stream === "function";
}

export const UploadImage = InOrganization.extend({ file: NewImage });

/** `stay`: a dialog sends it, whose page is fine as it is; a form without it is led to a page that shows the result. */
export const RenameImage = OneImage.extend({
  name: z
    .string({ error: () => m.gallery_name_missing() })
    .transform(cleanName)
    .refine((name) => name.length > 0, { error: () => m.gallery_name_missing() })
    .refine((name) => nameLength(name) <= IMAGE_NAME_MAXIMUM, {
      error: () => m.gallery_name_too_long({ maximum: IMAGE_NAME_MAXIMUM }),
    }),
  stay: z.literal("yes").optional(),
});

export const RemoveImage = OneImage.extend({ stay: z.literal("yes").optional() });
