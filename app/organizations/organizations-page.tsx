import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { creationFor } from "./creation.ts";
import { creationRefusal } from "./creation-refusal.ts";
import type { WaitingInvitation } from "./invitations/invitations.server.ts";
import { WaitingInvitations } from "./invitations/waiting-invitations.tsx";
import type { Membership } from "./memberships.server.ts";
import { OrganizationList } from "./organization-list.tsx";

type OrganizationsPageProps = { loaderData: { organizations: Membership[]; invitations: WaitingInvitation[] } };

export function OrganizationsPage({ loaderData: { organizations, invitations } }: OrganizationsPageProps) {
  const creation = creationFor(organizations.map(({ role }) => role));
  const create = (
    <LinkButton to={href("/organizations/new")}>
      <Icon name="plus" />
      {m.organizations_new()}
    </LinkButton>
  );
  const isEmpty = organizations.length === 0;
  return (
    <>
      <PageHeader
        title={m.organizations_list_title()}
        actions={creation === "allowed" && !isEmpty ? create : undefined}
      />
      {isEmpty ? (
        <EmptyState
          icon="building-2"
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
