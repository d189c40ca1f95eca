import "#app/i18n/messages-of/browsing.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { ImageView } from "#app/gallery/image-view.tsx";
import { openImagePage } from "#app/gallery/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/gallery.image";

export const handle: SpeaksOf = ["browsing"];

export const meta: Route.MetaFunction = organizationTitle(({ image }) => nameApart(image.name));

export const loader = page(openImagePage);

export default function ImagePage({ loaderData, params: { organization } }: Route.ComponentProps) {
  return <ImageView key={loaderData.image.id} organization={organization} {...loaderData} />;
}
