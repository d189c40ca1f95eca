import { Created } from "./fields/answers.ts";
import { ImageAnswer, ImageListAnswer, imageAnswer } from "./gallery/answers.ts";
import { imageResponse } from "./gallery/image-response.server.ts";
import {
  browseImages,
  deleteImage,
  nameImage,
  openImageFile,
  showImage,
  uploadImage,
} from "./gallery/operations.server.ts";
import { changes, makes, reads, streams } from "./operation/api-row.server.ts";

const images = "/organizations/{organization}/images";
const image = `${images}/{image}`;

/** Everything that a program reaches, and what it gets. The reference, OpenAPI and the tools of agents are made of it. */
export const apiRows = [
  reads({
    path: images,
    id: "images.list",
    says: "Lists the organization's images, newest first.",
    operation: browseImages,
    answers: ImageListAnswer,
    gives: ({ data, next }) => ({ data: data.map(imageAnswer), next }),
  }),
  makes({
    path: images,
    id: "images.create",
    says: "Uploads an image of at most 10 MB: the body itself, or the field `file` of a multipart form.",
    operation: uploadImage,
    answers: Created,
    gives: ({ image: { id } }) => ({ id }),
  }),
  reads({
    path: image,
    id: "images.get",
    says: "Shows one image.",
    operation: showImage,
    answers: ImageAnswer,
    gives: ({ image }) => imageAnswer(image),
  }),
  streams({
    path: `${image}/file`,
    id: "images.file",
    says: "Streams an image's file, or with `width` a smaller one of 480, 960 or 1920 pixels.",
    operation: openImageFile,
    gives: imageResponse,
  }),
  changes({
    method: "PATCH",
    path: image,
    id: "images.update",
    says: "Renames an image.",
    operation: nameImage,
  }),
  changes({
    method: "DELETE",
    path: image,
    id: "images.delete",
    says: "Deletes an image and its file.",
    operation: deleteImage,
  }),
] as const;
