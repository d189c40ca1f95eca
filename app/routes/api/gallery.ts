import { addImage } from "#app/gallery/image-writes.server.ts";
import { imagesPage } from "#app/gallery/images.server.ts";
import { uploadRefused } from "#app/gallery/refusals.ts";
import { GalleryPage, UploadImage } from "#app/gallery/schemas.ts";
import { uploadLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = read({
  validate: GalleryPage,
  authenticate: "session",
  authorize: "gallery:read",
  execute: (scope, { page }) => imagesPage(scope, page),
  answer: (found) => Response.json(found),
});

export const action = write({
  validate: UploadImage,
  authenticate: "session",
  authorize: "gallery:create",
  limit: uploadLimit,
  execute: (grant, { file }) => addImage(grant, file),
  refused: uploadRefused,
  answer: ({ image }) => Response.json({ image }, { status: 201 }),
});
