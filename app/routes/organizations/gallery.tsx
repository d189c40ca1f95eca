import { HydrationBoundary, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { href, redirect } from "react-router";
import { Gallery } from "#app/gallery/gallery.tsx";
import { imagesPage } from "#app/gallery/images.server.ts";
import { GalleryPage } from "#app/gallery/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { filled, fromCache } from "#app/query-client.ts";
import { imagesQuery } from "#app/query-keys.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/gallery";
import { refreshGallery } from "./gallery-change.ts";
import { useLastPage } from "./use-last-page.ts";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.gallery_title(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = read({
  validate: GalleryPage,
  authenticate: "session",
  authorize: "gallery:read",
  execute: (scope, { page }) => imagesPage(scope, page),
  answer: (found, _grant, { organization, page }) => {
    if (page > found.pages) throw redirect(pageHref(organization, found.pages));
    return { page, ...filled(imagesQuery(organization, page), found) };
  },
});

export async function clientLoader({ params: { organization }, request }: Route.ClientLoaderArgs) {
  const page = Number(new URL(request.url).searchParams.get("page") ?? 1);
  const query = imagesQuery(organization, page);
  const answer = await fromCache(query, request);
  return { page, ...answer };
}

export default function GalleryRoute({
  loaderData: { page, queries },
  params: { organization },
}: Route.ComponentProps) {
  return (
    <HydrationBoundary state={queries}>
      <CachedGallery organization={organization} page={page} />
    </HydrationBoundary>
  );
}

function CachedGallery({ organization, page }: { organization: string; page: number }) {
  const client = useQueryClient();
  const { data } = useSuspenseQuery(imagesQuery(organization, page));
  const hrefFor = (other: number) => pageHref(organization, other);
  useLastPage({ page, pages: data.pages, hrefFor });
  return (
    <Gallery
      organization={organization}
      found={data}
      hrefFor={hrefFor}
      onIntent={(other) => client.prefetchQuery(imagesQuery(organization, other))}
      onUploaded={() => refreshGallery(organization)}
    />
  );
}

function pageHref(organization: string, page: number): string {
  const gallery = href("/organizations/:organization/gallery", { organization });
  return page === 1 ? gallery : `${gallery}?page=${page}`;
}
