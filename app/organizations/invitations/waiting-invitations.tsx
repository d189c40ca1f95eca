import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { InvitationAnswers } from "./invitation-answers.tsx";
import type { WaitingInvitation } from "./invitations.server.ts";

export function WaitingInvitations({ invitations }: { invitations: readonly WaitingInvitation[] }) {
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="waiting-invitations" className="mt-10">
      <h2 id="waiting-invitations" className="font-semibold text-base">
        {m.organizations_invitations_title()}
      </h2>
      <p className="mt-1 text-muted text-sm">{m.organizations_invitations_description()}</p>
      <ul className="mt-4 divide-y rounded-lg border bg-surface shadow-card">
        {invitations.map((invitation) => (
          <Waiting key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ invitation }: { invitation: WaitingInvitation }) {
  const { id, organizationName, role, inviterName, expiresAt, lacks } = invitation;
  const date = formatDate(expiresAt);
  return (
    <li className="flex flex-wrap items-center gap-x-3.5 gap-y-3 px-4 py-3.5 sm:px-5">
      <Icon name="mail" className="size-4.5 text-muted" />
      <div className="min-w-0 flex-1 basis-48">
        <p dir="auto" className="break-words font-medium">
          {organizationName}
        </p>
        <p className="text-muted text-sm">
          {inviterName === null
            ? m.organizations_invitation_until({ date })
            : m.organizations_invitation_from({ name: inviterName, date })}
        </p>
      </div>
      <Badge>{roleName(role)}</Badge>
      <InvitationAnswers id={id} lacks={lacks} />
    </li>
  );
}
