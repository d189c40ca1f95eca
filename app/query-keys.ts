import { queryOptions } from "@tanstack/react-query";
import { data, href } from "react-router";
import type { DashboardPage } from "#app/dashboard/figures.server.ts";
import type { ImagesPage } from "#app/gallery/images.server.ts";

/** One factory per read. Keys start with the organization, so nothing of one tenant shows in another. */

export function dashboardQuery(organization: string) {
  return queryOptions({
    queryKey: [organization, "dashboard"] as const,
    queryFn: ({ signal }) =>
      getJson<DashboardPage>(href("/api/organizations/:organization/dashboard", { organization }), signal),
  });
}

export function imagesQuery(organization: string, page: number) {
  return queryOptions({
    queryKey: [organization, "gallery", { page }] as const,
    queryFn: ({ signal }) =>
      getJson<ImagesPage>(`${href("/api/organizations/:organization/gallery", { organization })}?page=${page}`, signal),
  });
}

/** Every page of an organization's gallery, for invalidation after a write. */
export function galleryKey(organization: string) {
  return [organization, "gallery"] as const;
}

/** Rejects with what a route can throw: the status with its problem. */
async function getJson<T>(url: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (response.ok) return response.json();
  throw data(await response.json().catch(() => null), { status: response.status });
}
