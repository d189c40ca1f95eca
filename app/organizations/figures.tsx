import { href } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Stat } from "#app/ui/stat.tsx";
import type { MemberFigures } from "./figures.server.ts";
import { ACTIVE_COUNTED, ACTIVE_DAYS } from "./limits.ts";

type Shown = {
  figures: MemberFigures;
  organization: string;
  role: Role;
  changed: (now: number, before: number) => string;
};

export function MemberFigure({ figures, organization, role, changed }: Shown) {
  const { members, activeMembers, joined, joinedBefore } = figures;
  return (
    <Stat
      label={m.organizations_figure_members()}
      value={formatNumber(members)}
      detail={activeWords(activeMembers)}
      change={changed(joined, joinedBefore)}
      to={membersOf(organization, role)}
    />
  );
}

function activeWords(count: number): string {
  const days = ACTIVE_DAYS;
  if (count <= ACTIVE_COUNTED) return m.organizations_figure_active({ count, days });
  return m.organizations_figure_active_more({ count: formatNumber(ACTIVE_COUNTED), days });
}

export function InvitationFigure({ figures: { invitations }, organization, role }: Omit<Shown, "changed">) {
  return (
    <Stat
      label={m.organizations_figure_invitations()}
      value={formatNumber(invitations)}
      detail={invitations === 0 ? m.organizations_figure_no_invitations() : m.organizations_figure_waiting()}
      to={membersOf(organization, role)}
    />
  );
}

function membersOf(organization: string, role: Role): string | null {
  return can(role, "member:read") ? href("/organizations/:organization/members", { organization }) : null;
}
