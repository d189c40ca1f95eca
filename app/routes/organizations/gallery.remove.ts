import "#app/i18n/messages-of/browsing.ts";
import { announce, refresh } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { askForImageDeletion, deleteImage } from "#app/gallery/operations.server.ts";
import { RemovePage } from "#app/gallery/remove-page.tsx";
import { afterDeletion, announceDeletion } from "#app/gallery/undo.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/gallery.remove";

export const handle: SpeaksOf = ["browsing"];

export const meta: Route.MetaFunction = organizationTitle(
  () => m.gallery_remove_title(),
  ({ image }) => image.name,
);

export const loader = page(askForImageDeletion);

export const action = form(deleteImage, {
  leads: (_done, { organization, image }, search) => afterDeletion({ organization, search }, [image]),
  says: "gallery_removed",
});

export function clientAction(sent: Route.ClientActionArgs) {
  const { organization, image } = sent.params;
  const message = m.gallery_removed();
  return announceDeletion({ organization, images: [image], message, refresh, send: (said) => announce(said)(sent) });
}

export default RemovePage;
