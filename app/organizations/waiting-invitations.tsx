import { Mail } from "lucide-react";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import type { WaitingInvitation } from "./memberships.server.ts";
import { roleName } from "./role-names.ts";

/** Who has invited this person, to what and as what; nothing when nobody has. */
export function WaitingInvitations({ invitations }: { invitations: readonly WaitingInvitation[] }) {
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="waiting-invitations" className="mt-10">
      <h2 id="waiting-invitations" className="font-semibold text-base">
        {m.organizations_invitations_title()}
      </h2>
      <p className="mt-1 text-muted text-sm">{m.organizations_invitations_description()}</p>
      <ul className="mt-4 divide-y rounded-lg border bg-surface shadow-card">
        {invitations.map(({ id, organizationName, role, inviterName, expiresAt }) => (
          <li key={id} className="flex items-center gap-3.5 px-4 py-3.5 sm:px-5">
            <Mail aria-hidden="true" className="size-4.5 shrink-0 text-muted" />
            <div className="min-w-0 flex-1">
              <p dir="auto" className="truncate font-medium">
                {organizationName}
              </p>
              <p className="text-muted text-sm">
                {inviterName === null
                  ? m.organizations_invitation_until({ date: formatDate(new Date(expiresAt)) })
                  : m.organizations_invitation_from({ name: inviterName, date: formatDate(new Date(expiresAt)) })}
              </p>
            </div>
            <Badge>{roleName(role)}</Badge>
          </li>
        ))}
      </ul>
    </section>
  );
}
