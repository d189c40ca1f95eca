import { type ImageType, imageTypeOf } from "#app/pictures/image-type.ts";
import { type FileWords, type UploadedFile, uploadedFile } from "./uploaded-file.ts";

export type UploadedImage = UploadedFile<ImageType>;

export function uploadedImage(maximum: number, words: FileWords) {
  return uploadedFile({ maximum, typeOf: imageTypeOf, description: "JPEG, PNG, WebP, GIF or AVIF." }, words);
}
