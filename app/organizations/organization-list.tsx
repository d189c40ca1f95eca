import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Membership } from "./memberships.server.ts";
import { OrganizationAvatar } from "./organization-avatar.tsx";

export function OrganizationList({ organizations }: { organizations: readonly Membership[] }) {
  return (
    <ul className="divide-y overflow-hidden rounded-lg border bg-surface shadow-card">
      {organizations.map((organization) => (
        <li key={organization.id}>
          <Link
            to={href("/organizations/:organization/dashboard", { organization: organization.slug })}
            className="flex items-center gap-4 px-4 py-4 transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:px-5"
          >
            <OrganizationAvatar organization={organization} size="large" />
            <span className="min-w-0 flex-1">
              <span dir="auto" className="block break-words font-medium">
                {organization.name}
              </span>
              <span className="block text-muted text-sm">
                {m.organizations_member_count({ count: organization.members })}
              </span>
            </span>
            <Badge tone={organization.role === "owner" ? "accent" : "neutral"}>{roleName(organization.role)}</Badge>
            <Icon name="chevron-right" className="text-muted rtl:-scale-x-100" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
