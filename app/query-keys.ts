import { queryOptions } from "@tanstack/react-query";
import { data, href } from "react-router";
import type { listEntries } from "#app/audit/operations.server.ts";
import type { showDashboard } from "#app/dashboard/operations.server.ts";
import type { listImages } from "#app/gallery/operations.server.ts";
import type { openBell } from "#app/notifications/operations.server.ts";
import type { AnswerOf } from "#app/operation/operation.server.ts";
import type { listMembers } from "#app/organizations/members/operations.server.ts";
import type { searchEverything } from "#app/palette/operations.server.ts";
import { SEEN_BY_HEADER, seenBy } from "#app/ui/line/seen-by.ts";

/** Keys start with the organization, so that nothing of one tenant shows in another, or with "me" for the person's own data. */

export function dashboardQuery(organization: string, search: string) {
  return queryOptions({
    queryKey: [organization, "dashboard", search] as const,
    queryFn: ({ signal }) =>
      getJson<AnswerOf<typeof showDashboard>>(
        `${href("/organizations/:organization/dashboard", { organization })}${search}`,
        signal,
      ),
  });
}

export function imagesQuery(organization: string, search: string) {
  return queryOptions({
    queryKey: [organization, "gallery", search] as const,
    queryFn: ({ signal }) =>
      getJson<AnswerOf<typeof listImages>>(
        `${href("/organizations/:organization/gallery", { organization })}${search}`,
        signal,
      ),
  });
}

export function membersQuery(organization: string, search: string) {
  return queryOptions({
    queryKey: [organization, "members", search] as const,
    queryFn: ({ signal }) =>
      getJson<AnswerOf<typeof listMembers>>(
        `${href("/organizations/:organization/members", { organization })}${search}`,
        signal,
      ),
  });
}

/** `search` is the search of the page's URL, as `asSearch` returns it. */
export function auditQuery(organization: string, search: string) {
  return queryOptions({
    queryKey: [organization, "audit", search] as const,
    queryFn: ({ signal }) =>
      getJson<AnswerOf<typeof listEntries>>(
        `${href("/organizations/:organization/audit", { organization })}${search}`,
        signal,
      ),
  });
}

type Told = AnswerOf<typeof openBell>;
export type BellShown = Omit<Told, "newest"> & { newest: Told["newest"] | null };

/** A page sends only the number: `newest` is null until the bell has run its own query. */
export function bellQuery() {
  return queryOptions({
    queryKey: ["me", "bell"] as const,
    queryFn: ({ signal }) => getJson<BellShown>(href("/notifications"), signal),
  });
}

export function paletteQuery(query: string) {
  return queryOptions({
    queryKey: ["me", "palette", query] as const,
    queryFn: ({ signal }) =>
      getJson<AnswerOf<typeof searchEverything>>(`/palette?${new URLSearchParams({ query })}`, signal),
  });
}

/** `address` is the page's address. The API has it under `/pages` (see `pageRows` in `app/api.ts`). */
async function getJson<T>(address: string, signal: AbortSignal): Promise<T> {
  const url = `/api/v1/pages${address}`;
  const response = await fetch(url, { signal, headers: { Accept: "application/json", [SEEN_BY_HEADER]: seenBy() } });
  if (response.ok) return response.json();
  throw data(await response.json().catch(() => null), { status: response.status });
}
