import { href, redirect } from "react-router";
import { addImage } from "#app/gallery/image-writes.server.ts";
import { uploadRefused } from "#app/gallery/refusals.ts";
import { UploadImage } from "#app/gallery/schemas.ts";
import { UploadPage } from "#app/gallery/upload-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { uploadLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/gallery.upload";
import { galleryKeys } from "./gallery-change.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.gallery_upload_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "gallery:create",
  execute: () => answer(null),
});

export const action = write({
  validate: UploadImage,
  authenticate: "session",
  authorize: "gallery:create",
  limit: uploadLimit,
  execute: (grant, { file, once }) => addImage(grant, file, once),
  refused: uploadRefused,
  answer: (_done, _grant, { organization }) =>
    redirect(href("/organizations/:organization/gallery", { organization }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: galleryKeys(params.organization), done: m.gallery_uploaded });
}

/** Where an upload from a page without scripts ends up when it is refused. */
export default UploadPage;
