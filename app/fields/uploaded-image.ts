import { z } from "zod";
import { type ImageType, imageTypeOf } from "#app/pictures/image-type.ts";
import type { IncomingFile } from "#app/request/body/incoming-file.server.ts";

export type UploadedImage = { file: IncomingFile; type: ImageType };

type Words = { missing: () => string; tooLarge: () => string; wrongType: () => string };

/** A file of at most `maximum` bytes (else 413) whose first bytes, not its declared type, make it an image (else 415). */
export function uploadedImage(maximum: number, { missing, tooLarge, wrongType }: Words) {
  return z
    .custom<IncomingFile>(isIncomingFile, { error: missing })
    .meta({
      type: "string",
      contentMediaType: "application/octet-stream",
      description: "JPEG, PNG, WebP, GIF or AVIF.",
    })
    .transform((file, context): UploadedImage => {
      const type = imageTypeOf(file.head);
      if (file.size <= maximum && type !== null) return { file, type };
      const [message, status] = file.size > maximum ? [tooLarge(), 413] : [wrongType(), 415];
      context.addIssue({ code: "custom", message, params: { status } });
      return z.NEVER;
    });
}

function isIncomingFile(value: unknown): value is IncomingFile {
  return typeof value === "object" && value !== null && "stream" in value && typeof value.stream === "function";
}
