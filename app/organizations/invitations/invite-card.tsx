import { m } from "#app/i18n/messages.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Button } from "#app/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/ui/card.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Stay } from "#app/ui/stay.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { INVITATION_DAYS, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import { InviteForm } from "./invite-form.tsx";

type InviteCardProps = {
  organization: string;
  viewerRole: Role;
  /** Why nobody can be invited now; null if people can be. */
  obstacle: string | null;
};

export function obstacleOf(
  { isFull }: { isFull: boolean },
  invitations: readonly { isExpired: boolean }[],
): string | null {
  if (isFull) return m.invitations_organization_full();
  const pending = invitations.filter(({ isExpired }) => !isExpired).length;
  return pending < PENDING_INVITATIONS_MAXIMUM
    ? null
    : m.invitations_too_many({ maximum: PENDING_INVITATIONS_MAXIMUM });
}

export function InviteCard({ organization, viewerRole, obstacle }: InviteCardProps) {
  const fetcher = useFetcher<FormAnswer>();
  return (
    <Card>
      <CardHeader
        title={m.invitations_invite_title()}
        description={m.invitations_invite_text({ days: INVITATION_DAYS })}
      />
      <CardBody>
        {obstacle !== null && !fetcher.data?.error && (
          <div className="mb-5">
            <Notice tone="warning">{obstacle}</Notice>
          </div>
        )}
        <InviteForm
          organization={organization}
          viewerRole={viewerRole}
          lastResult={fetcher.data ?? null}
          as={fetcher.Form}
        >
          {/* With scripts this page stays. Without them, another page shows the result. */}
          <Stay />
          <Button isPending={fetcher.state !== "idle"} className="max-sm:w-full">
            <Icon name="user-plus" />
            {m.invitations_send()}
          </Button>
        </InviteForm>
      </CardBody>
    </Card>
  );
}
