import { z } from "zod";
import type { IncomingFile } from "#app/request/body/incoming-file.server.ts";

export type UploadedFile<Type extends string> = { file: IncomingFile; type: Type };

type Asked<Type extends string> = {
  /** In bytes. A larger file is refused with 413. */
  maximum: number;
  /** The type that the first bytes show, whatever type the sender declares. Null is refused with 415. */
  typeOf: (head: Uint8Array) => Type | null;
  /** The types, for the API document. */
  description: string;
};

export type FileWords = { missing: () => string; tooLarge: () => string; wrongType: () => string };

export function uploadedFile<Type extends string>(
  { maximum, typeOf, description }: Asked<Type>,
  { missing, tooLarge, wrongType }: FileWords,
) {
  return z
    .custom<IncomingFile>(isIncomingFile, { error: missing })
    .meta({ type: "string", contentMediaType: "application/octet-stream", description })
    .transform((file, context): UploadedFile<Type> => {
      const type = typeOf(file.head);
      if (file.size <= maximum && type !== null) return { file, type };
      const [message, status] = file.size > maximum ? [tooLarge(), 413] : [wrongType(), 415];
      context.addIssue({ code: "custom", message, params: { status } });
      return z.NEVER;
    });
}

function isIncomingFile(value: unknown): value is IncomingFile {
  return typeof value === "object" && value !== null && "stream" in value && typeof value.stream === "function";
}
