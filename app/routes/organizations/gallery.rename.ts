import "#app/i18n/messages-of/browsing.ts";
import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { galleryPlace } from "#app/gallery/gallery-place.ts";
import { askForImageName, nameImage } from "#app/gallery/operations.server.ts";
import { RenamePage } from "#app/gallery/rename-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/gallery.rename";

export const handle: SpeaksOf = ["browsing"];

export const meta: Route.MetaFunction = organizationTitle(
  () => m.gallery_rename_title(),
  ({ image }) => image.name,
);

export const loader = page(askForImageName);

export const action = form(nameImage, {
  leads: (_done, { organization, image }, search) =>
    href("/organizations/:organization/gallery/:image", { organization, image }) + placeIn(galleryPlace, search),
  says: "gallery_renamed",
});

export const clientAction = announce(() => m.gallery_renamed());

export default RenamePage;
