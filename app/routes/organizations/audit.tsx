import { HydrationBoundary, useSuspenseQuery } from "@tanstack/react-query";
import { href, redirect } from "react-router";
import { AuditView } from "#app/audit/audit-view.tsx";
import { auditPage } from "#app/audit/log.server.ts";
import { AuditVisit } from "#app/audit/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { filled, fromCache } from "#app/query-client.ts";
import { auditQuery } from "#app/query-keys.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/audit";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.audit_title(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = read({
  validate: AuditVisit,
  authenticate: "session",
  authorize: "audit:read",
  execute: (scope, { organization: _, ...visit }) => auditPage(scope, visit),
  answer: (page, _grant, { organization, ...visit }) => {
    // Nothing is newer than the newest: that is the first page.
    if (visit.after !== undefined && page.entries.length === 0) {
      throw redirect(href("/organizations/:organization/audit", { organization }));
    }
    return { visit, ...filled(auditQuery(organization, visit), page) };
  },
});

export async function clientLoader({ params: { organization }, request }: Route.ClientLoaderArgs) {
  const set = [...new URL(request.url).searchParams].filter(([, value]) => value !== "");
  const visit: AuditVisit = Object.fromEntries(set);
  return { visit, ...(await fromCache(auditQuery(organization, visit), request)) };
}

export default function AuditRoute({ loaderData: { visit, queries }, params }: Route.ComponentProps) {
  return (
    <HydrationBoundary state={queries}>
      <CachedLog organization={params.organization} visit={visit} />
    </HydrationBoundary>
  );
}

function CachedLog({ organization, visit }: { organization: string; visit: AuditVisit }) {
  const { data } = useSuspenseQuery(auditQuery(organization, visit));
  return <AuditView organization={organization} page={data} />;
}
