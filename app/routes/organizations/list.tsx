import { Building2, Plus } from "lucide-react";
import { href } from "react-router";
import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { creationFor, creationRefusal } from "#app/organizations/creation.ts";
import { waitingInvitations } from "#app/organizations/invitations/invitations.server.ts";
import { WaitingInvitations } from "#app/organizations/invitations/waiting-invitations.tsx";
import { myOrganizations } from "#app/organizations/memberships.server.ts";
import { OrganizationList } from "#app/organizations/organization-list.tsx";
import { together } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/list";

export const meta: Route.MetaFunction = () => [{ title: title(m.organizations_list_title()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) => together({ organizations: myOrganizations(scope), invitations: waitingInvitations(scope) }),
});

export default function OrganizationsPage({ loaderData: { organizations, invitations } }: Route.ComponentProps) {
  const creation = creationFor(organizations.map(({ role }) => role));
  const create = (
    <LinkButton to={href("/organizations/new")}>
      <Plus aria-hidden="true" />
      {m.organizations_new()}
    </LinkButton>
  );
  const isEmpty = organizations.length === 0;
  return (
    <>
      <PageHeader
        title={m.organizations_list_title()}
        description={m.organizations_list_description()}
        actions={creation === "allowed" && !isEmpty ? create : undefined}
      />
      {isEmpty ? (
        <EmptyState
          icon={Building2}
          title={m.organizations_none_title()}
          description={m.organizations_none_description()}
          action={create}
        />
      ) : (
        <OrganizationList organizations={organizations} />
      )}
      {creation !== "allowed" && <p className="mt-4 text-muted text-sm">{creationRefusal(creation)}</p>}
      <WaitingInvitations invitations={invitations} />
    </>
  );
}
