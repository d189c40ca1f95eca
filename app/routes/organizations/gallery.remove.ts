import { href, redirect } from "react-router";
import { removeImage } from "#app/gallery/image-writes.server.ts";
import { imageDetails } from "#app/gallery/images.server.ts";
import { changeRefused } from "#app/gallery/refusals.ts";
import { RemovePage } from "#app/gallery/remove-page.tsx";
import { OneImage, RemoveImage } from "#app/gallery/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/gallery.remove";
import { galleryKeys } from "./gallery-change.ts";
import { requireChangeable } from "./gallery-required.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.gallery_remove_title()) }];

export const loader = read({
  validate: OneImage,
  authenticate: "session",
  authorize: "gallery:delete",
  execute: (scope, { image }) => imageDetails(scope, image),
  answer: (found) => ({ image: requireChangeable(found, "gallery:delete") }),
});

export const action = write({
  validate: RemoveImage,
  authenticate: "session",
  authorize: "gallery:delete",
  limit: changeLimit,
  execute: (grant, { image }) => removeImage(grant, image),
  refused: changeRefused,
  answer: (_done, _grant, { organization, stay }): FormAnswer | Response =>
    stay === undefined
      ? redirect(href("/organizations/:organization/gallery", { organization }), 303)
      : { status: "success" },
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: galleryKeys(params.organization), done: m.gallery_removed });
}

export default RemovePage;
