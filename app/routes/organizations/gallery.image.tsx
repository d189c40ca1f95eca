import { ImageView } from "#app/gallery/image-view.tsx";
import { imageDetails } from "#app/gallery/images.server.ts";
import { OneImage } from "#app/gallery/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/gallery.image";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.image.name ?? m.gallery_title())) },
];

export const loader = read({
  validate: OneImage,
  authenticate: "session",
  authorize: "gallery:read",
  execute: (scope, { image }) => imageDetails(scope, image),
  answer: required,
});

export default function ImagePage({ loaderData, params: { organization } }: Route.ComponentProps) {
  return <ImageView key={loaderData.image.id} organization={organization} {...loaderData} />;
}
