import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Card, CardHeader } from "#app/ui/card.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { memberPlace } from "../members/member-place.ts";
import { InvitationMenu } from "./invitation-menu.tsx";
import type { Invitation } from "./invitations.server.ts";

type InvitationListProps = { organization: string; viewerRole: Role; invitations: readonly Invitation[] };

export function InvitationList({ organization, viewerRole, invitations }: InvitationListProps) {
  const inList = usePlaceIn(memberPlace);
  if (invitations.length === 0) return null;
  const open = invitations.filter(({ isExpired }) => !isExpired).length;
  return (
    <Card className="overflow-hidden">
      <CardHeader title={m.invitations_open_title()} description={m.invitations_open_count({ count: open })} />
      <ul className="mt-4 divide-y border-t">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex items-center gap-3 px-4 py-3 sm:px-5">
            <div className="min-w-0 flex-1">
              <p dir="ltr" className="break-words font-medium text-sm rtl:text-end">
                {shownAddress(invitation.email)}
              </p>
              <InvitationState invitation={invitation} />
            </div>
            <Badge>{roleName(invitation.role)}</Badge>
            <InvitationMenu {...{ organization, viewerRole, invitation, inList }} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function InvitationState({ invitation }: { invitation: Invitation }) {
  const { isExpired, isHeld, delivery, expiresAt, inviterName } = invitation;
  const date = formatDate(expiresAt);
  if (isExpired) {
    return (
      <span className="flex items-center gap-1.5 text-warning text-xs">
        <Icon name="clock" className="size-3.5" />
        {m.invitations_expired_on({ date })}
      </span>
    );
  }
  if (!isHeld) {
    return (
      <span className="flex items-center gap-1.5 text-warning text-xs">
        <Icon name="triangle-alert" className="size-3.5" />
        {m.invitations_not_held()}
      </span>
    );
  }
  if (delivery === "failed") {
    return (
      <span className="flex items-center gap-1.5 text-danger text-xs">
        <Icon name="triangle-alert" className="size-3.5" />
        {m.invitations_delivery_failed()}
      </span>
    );
  }
  if (delivery === "delayed") {
    return (
      <span className="flex items-center gap-1.5 text-warning text-xs">
        <Icon name="mail-warning" className="size-3.5" />
        {m.invitations_delivery_delayed()}
      </span>
    );
  }
  return (
    <span className="block text-muted text-xs">
      {inviterName === null
        ? m.organizations_invitation_until({ date })
        : m.invitations_by_until({ name: inviterName, date })}
    </span>
  );
}
