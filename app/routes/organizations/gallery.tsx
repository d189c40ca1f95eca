import { Received } from "#app/frame/cached.tsx";
import "#app/i18n/messages-of/browsing.ts";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { href, redirect, useLocation } from "react-router";
import { refresh } from "#app/frame/announce.ts";
import { listTitle } from "#app/frame/list-title.ts";
import { Gallery } from "#app/gallery/gallery.tsx";
import { galleryPlace } from "#app/gallery/gallery-place.ts";
import { listImages } from "#app/gallery/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { cacheOf, fromCache } from "#app/query-client.ts";
import { imagesQuery } from "#app/query-keys.ts";
import { asSearch } from "#app/query-search.ts";
import { page } from "#app/request/doors.server.ts";
import { onPage, placeIn } from "#app/ui/list-place.ts";
import { useLastPage } from "#app/ui/use-last-page.ts";
import type { Route } from "./+types/gallery";

export const handle: SpeaksOf = ["browsing"];

export const meta = listTitle(() => m.gallery_title());

export const loader = page(listImages, (found, { input: { organization, page }, search }) => {
  if (page > found.pages) {
    throw redirect(href("/organizations/:organization/gallery", { organization }) + onPage(search, found.pages));
  }
  return cacheOf(imagesQuery(organization, listedBy(search)), found);
});

export function clientLoader({ params: { organization }, request }: Route.ClientLoaderArgs) {
  return fromCache(imagesQuery(organization, listedBy(request.url)));
}

export default function GalleryRoute({ loaderData: { query }, params: { organization } }: Route.ComponentProps) {
  return (
    <Received query={query}>
      <CachedGallery organization={organization} />
    </Received>
  );
}

function CachedGallery({ organization }: { organization: string }) {
  const client = useQueryClient();
  const { search } = useLocation();
  const { data } = useSuspenseQuery(imagesQuery(organization, listedBy(search)));
  const hrefFor = (page: number) =>
    href("/organizations/:organization/gallery", { organization }) + onPage(placeIn(galleryPlace, search), page);
  const found = useLastPage(data, hrefFor);
  return (
    <Gallery
      organization={organization}
      found={found}
      hrefFor={hrefFor}
      onIntent={(page) => client.prefetchQuery(imagesQuery(organization, asSearch(hrefFor(page))))}
      onUploaded={() => refresh(organization)}
    />
  );
}

/** Returns the search that the list depends on. The other parameters only decide how it is shown. */
function listedBy(url: string): string {
  const listed = new URLSearchParams(asSearch(url));
  for (const name of ["select", "deleted"]) listed.delete(name);
  return listed.size === 0 ? "" : `?${listed}`;
}
