import { useSuspenseQuery } from "@tanstack/react-query";
import { data, href, redirect, useLocation } from "react-router";
import { AuditView } from "#app/audit/audit-view.tsx";
import { isReversed, logFilter } from "#app/audit/log-place.ts";
import { listEntries } from "#app/audit/operations.server.ts";
import { Received } from "#app/frame/cached.tsx";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { cacheOf, fromCache } from "#app/query-client.ts";
import { auditQuery } from "#app/query-keys.ts";
import { asSearch } from "#app/query-search.ts";
import { page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import type { Route } from "./+types/audit";

export const meta = organizationTitle(() => m.audit_title());

export const loader = page(listEntries, (found, { input: { organization, after }, search }) => {
  if (after !== undefined && found.entries.length === 0) {
    throw redirect(href("/organizations/:organization/audit", { organization }) + placeIn(logFilter, search));
  }
  return data(cacheOf(auditQuery(organization, search), found), { status: isReversed(found.filter) ? 400 : 200 });
});

export function clientLoader({ params: { organization }, request }: Route.ClientLoaderArgs) {
  return fromCache(auditQuery(organization, asSearch(request.url)));
}

export default function AuditRoute({ loaderData: { query }, params: { organization } }: Route.ComponentProps) {
  return (
    <Received query={query}>
      <CachedLog organization={organization} />
    </Received>
  );
}

function CachedLog({ organization }: { organization: string }) {
  const { search } = useLocation();
  const { data: page } = useSuspenseQuery(auditQuery(organization, asSearch(search)));
  return <AuditView organization={organization} page={page} />;
}
