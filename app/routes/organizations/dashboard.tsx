import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { DashboardView } from "#app/dashboard/dashboard-view.tsx";
import { showDashboard } from "#app/dashboard/operations.server.ts";
import { Received } from "#app/frame/cached.tsx";
import { organizationAt } from "#app/frame/organization-at.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { cacheOf, fromCache } from "#app/query-client.ts";
import { dashboardQuery } from "#app/query-keys.ts";
import { asSearch } from "#app/query-search.ts";
import { page } from "#app/request/doors.server.ts";
import type { Role } from "#app/tenancy/roles.ts";
import type { Route } from "./+types/dashboard";

export const meta = organizationTitle(() => m.dashboard_title());

export const loader = page(showDashboard, (found, { input: { organization }, search }) =>
  cacheOf(dashboardQuery(organization, search), found),
);

export function clientLoader({ params, request }: Route.ClientLoaderArgs) {
  return fromCache(dashboardQuery(params.organization, asSearch(request.url)));
}

export default function DashboardPage({ loaderData: { query }, params, matches: [, frame] }: Route.ComponentProps) {
  return (
    <Received query={query}>
      <Dashboard
        organization={params.organization}
        role={organizationAt(frame.loaderData, params.organization)?.role ?? "member"}
      />
    </Received>
  );
}

function Dashboard({ organization, role }: { organization: string; role: Role }) {
  const { search } = useLocation();
  const { data } = useQuery(dashboardQuery(organization, asSearch(search)));
  return data && <DashboardView page={data} organization={organization} role={role} />;
}
