import { m } from "#app/i18n/messages.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Button } from "#app/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/ui/card.tsx";
import { useFetcher } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Stay } from "#app/ui/stay.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { INVITATION_DAYS } from "../limits.ts";
import type { RoomToInvite } from "./invitation-limits.server.ts";
import { InviteForm } from "./invite-form.tsx";

type InviteCardProps = {
  organization: string;
  viewerRole: Role;
  room: RoomToInvite;
};

export function InviteCard({ organization, viewerRole, room }: InviteCardProps) {
  const fetcher = useFetcher<FormAnswer>();
  return (
    <Card>
      <CardHeader
        title={m.invitations_invite_title()}
        description={m.invitations_invite_text({ days: INVITATION_DAYS })}
      />
      <CardBody>
        <InviteForm
          organization={organization}
          viewerRole={viewerRole}
          room={room}
          lastResult={fetcher.data ?? null}
          as={fetcher.Form}
        >
          {/* With scripts this page stays. Without them, another page shows the result. */}
          <Stay />
          <Button isPending={fetcher.state !== "idle"}>
            <Icon name="user-plus" />
            {m.invitations_send()}
          </Button>
        </InviteForm>
      </CardBody>
    </Card>
  );
}
