import "#app/i18n/messages-of/browsing.ts";
import { href, redirect } from "react-router";
import { listTitle } from "#app/frame/list-title.ts";
import { listTrash } from "#app/gallery/operations.server.ts";
import { TrashView } from "#app/gallery/trash-view.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { onPage } from "#app/ui/list-place.ts";
import type { Route } from "./+types/gallery.trash";

export const handle: SpeaksOf = ["browsing"];

export const meta = listTitle(() => m.gallery_trash());

export const loader = page(listTrash, (found, { input: { organization, page }, search }) => {
  if (page <= found.pages) return found;
  const trash = href("/organizations/:organization/gallery/trash", { organization });
  throw redirect(trash + onPage(search, found.pages));
});

export default function TrashRoute({ loaderData, params: { organization } }: Route.ComponentProps) {
  return <TrashView organization={organization} found={loaderData} />;
}
