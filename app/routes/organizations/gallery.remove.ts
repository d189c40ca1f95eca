import "#app/i18n/messages-of/browsing.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { askForRemoval, deleteImage } from "#app/gallery/operations.server.ts";
import { RemovePage } from "#app/gallery/remove-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["browsing"];

export const meta = () => [{ title: title(m.gallery_remove_title()) }];

export const loader = page(askForRemoval);

export const action = form(deleteImage, {
  leads: (_done, { organization }) => href("/organizations/:organization/gallery", { organization }),
});

export const clientAction = announce(() => m.gallery_removed());

export default RemovePage;
