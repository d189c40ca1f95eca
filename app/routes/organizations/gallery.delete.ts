import "#app/i18n/messages-of/browsing.ts";
import { announcePress, refresh } from "#app/frame/announce.ts";
import { deleteImages } from "#app/gallery/operations.server.ts";
import { afterDeletion, announceDeletion } from "#app/gallery/undo.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import type { Route } from "./+types/gallery.delete";

export const loader = postOnly;

export const action = form(deleteImages, {
  leads: (_done, { organization, image }, search) => afterDeletion({ organization, search }, image),
  says: "gallery_removed_some",
});

export async function clientAction(sent: Route.ClientActionArgs) {
  const images = (await sent.request.clone().formData()).getAll("image").map(String);
  const { organization } = sent.params;
  const message = m.gallery_removed_some();
  return announceDeletion({ organization, images, message, refresh, send: (said) => announcePress(said)(sent) });
}
