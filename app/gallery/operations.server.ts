import { formFields } from "#app/operation/form-fields.server.ts";
import { changeLimit, uploadLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { imagesAsZip, selectedImages } from "./download.server.ts";
import { openImage } from "./image-response.server.ts";
import { addImage, removeImage, renameImage } from "./image-writes.server.ts";
import { imageDetails, imageFile, imagesAfter, imagesPage, imageVisit, storageOf } from "./images.server.ts";
import { changeRefusals, trashRefusals, uploadRefusals } from "./refusals.ts";
import {
  GalleryPage,
  ImageFile,
  ImagesInPages,
  ImageVisit,
  OneImage,
  RenameImage,
  RestoredImages,
  SelectedImages,
  TrashedFile,
  TrashPage,
  UploadImage,
} from "./schemas.ts";
import {
  emptyTrash,
  purgeImages,
  restoreImages,
  trashedByIds,
  trashedFile,
  trashFigures,
  trashImages,
  trashPage,
} from "./trash.server.ts";

export const listImages = read({
  validate: GalleryPage,
  authenticate: "session",
  authorize: "gallery:read",
  execute: imagesPage,
});

export const browseImages = read({
  validate: ImagesInPages,
  authenticate: "session",
  authorize: "gallery:read",
  execute: imagesAfter,
});

export const showImage = read({
  validate: OneImage,
  authenticate: "session",
  authorize: "gallery:read",
  execute: imageDetails,
});

export const openImagePage = read({
  validate: ImageVisit,
  authenticate: "person",
  authorize: "gallery:read",
  execute: imageVisit,
});

export const openImageFile = read({
  validate: ImageFile,
  headers: ["range", "if-range", "if-match", "if-none-match"],
  authenticate: "session",
  authorize: "gallery:read",
  execute: imageFile,
  answer: openImage,
});

export const askForUpload = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "gallery:create",
  execute: storageOf,
});

export const uploadImage = write({
  validate: UploadImage,
  authenticate: "session",
  authorize: "gallery:create",
  limit: uploadLimit,
  execute: addImage,
  refused: uploadRefusals,
});

export const askForImageName = read({
  validate: OneImage,
  authenticate: "person",
  authorize: "gallery:update",
  execute: imageDetails,
});

export const nameImage = write({
  validate: RenameImage,
  authenticate: "session",
  authorize: "gallery:update",
  edits: (scope, asked) => formFields(imageDetails(scope, asked), ({ image }) => ({ name: image.name })),
  limit: changeLimit,
  execute: renameImage,
  refused: changeRefusals,
});

export const askForImageDeletion = read({
  validate: OneImage,
  authenticate: "person",
  authorize: "gallery:delete",
  execute: imageDetails,
});

export const deleteImage = write({
  validate: OneImage,
  authenticate: "session",
  authorize: "gallery:delete",
  limit: changeLimit,
  execute: removeImage,
  refused: changeRefusals,
});

export const deleteImages = write({
  validate: SelectedImages,
  authenticate: "person",
  authorize: "gallery:delete",
  limit: changeLimit,
  execute: trashImages,
  refused: changeRefusals,
});

export const downloadImages = read({
  validate: SelectedImages,
  authenticate: "person",
  authorize: "gallery:read",
  execute: selectedImages,
  answer: imagesAsZip,
});

export const listTrash = read({
  validate: TrashPage,
  authenticate: "person",
  authorize: "gallery:delete",
  execute: trashPage,
});

export const openTrashedFile = read({
  validate: TrashedFile,
  headers: ["if-match", "if-none-match"],
  authenticate: "person",
  authorize: "gallery:delete",
  execute: trashedFile,
  answer: openImage,
});

export const restoreFromTrash = write({
  validate: RestoredImages,
  authenticate: "person",
  authorize: "gallery:delete",
  limit: changeLimit,
  execute: restoreImages,
  refused: trashRefusals,
});

export const askForPurge = read({
  validate: SelectedImages,
  authenticate: "person",
  authorize: "gallery:delete",
  execute: trashedByIds,
});

export const purgeFromTrash = write({
  validate: SelectedImages,
  authenticate: "person",
  authorize: "gallery:delete",
  asksFirst: true,
  limit: changeLimit,
  execute: purgeImages,
  refused: trashRefusals,
});

export const askForEmptyTrash = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "gallery:delete",
  execute: trashFigures,
});

export const emptyWholeTrash = write({
  validate: InOrganization,
  authenticate: "person",
  authorize: "gallery:delete",
  asksFirst: true,
  limit: changeLimit,
  execute: emptyTrash,
  refused: {},
});
