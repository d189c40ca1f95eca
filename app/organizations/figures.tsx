import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Stat } from "#app/ui/stat.tsx";
import type { MemberFigures } from "./figures.server.ts";
import { ACTIVE_DAYS } from "./limits.ts";

type Shown = { figures: MemberFigures };

export function MemberFigure({ figures: { members, activeMembers } }: Shown) {
  return (
    <Stat
      label={m.organizations_figure_members()}
      value={formatNumber(members)}
      detail={m.organizations_figure_active({ count: activeMembers, days: ACTIVE_DAYS })}
    />
  );
}

export function InvitationFigure({ figures: { invitations } }: Shown) {
  return (
    <Stat
      label={m.organizations_figure_invitations()}
      value={formatNumber(invitations)}
      detail={invitations === 0 ? m.organizations_figure_no_invitations() : m.organizations_figure_waiting()}
    />
  );
}
