import { HydrationBoundary, useQuery } from "@tanstack/react-query";
import { DashboardView } from "#app/dashboard/dashboard-view.tsx";
import { dashboardPage } from "#app/dashboard/figures.server.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { filled, fromCache } from "#app/query-client.ts";
import { dashboardQuery } from "#app/query-keys.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/dashboard";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.dashboard_title(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: dashboardPage,
  answer: (page, _grant, { organization }) => filled(dashboardQuery(organization), page),
});

export function clientLoader({ params, request }: Route.ClientLoaderArgs) {
  return fromCache(dashboardQuery(params.organization), request);
}

export default function DashboardPage({ loaderData: { queries }, params }: Route.ComponentProps) {
  return (
    <HydrationBoundary state={queries}>
      <Dashboard organization={params.organization} />
    </HydrationBoundary>
  );
}

function Dashboard({ organization }: { organization: string }) {
  const { data: page } = useQuery(dashboardQuery(organization));
  return page && <DashboardView page={page} organization={organization} />;
}
