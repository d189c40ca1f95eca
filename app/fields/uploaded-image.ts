import type { ImageType } from "#app/pictures/image-type.ts";
import { imageTypeOf } from "#app/pictures/sniff.ts";
import { type FileWords, type UploadedFile, uploadedFile } from "./uploaded-file.ts";

export type UploadedImage = UploadedFile<ImageType>;

export function uploadedImage(maximum: number, words: FileWords) {
  return uploadedFile({ maximum, typeOf: imageTypeOf, description: "JPEG, PNG, WebP, GIF or AVIF." }, words);
}
