import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { INVITATION_DAYS } from "../limits.ts";
import { memberPlace } from "../members/member-place.ts";
import type { RoomToInvite } from "./invitation-limits.server.ts";
import { InviteForm } from "./invite-form.tsx";

type InvitePageProps = {
  params: { organization: string };
  loaderData: RoomToInvite & { viewerRole: Role };
  actionData?: FormAgain | undefined;
};

export function InvitePage({ params: { organization }, loaderData, actionData }: InvitePageProps) {
  const inList = usePlaceIn(memberPlace);
  return (
    <NarrowPage
      back={{
        to: href("/organizations/:organization/members", { organization }) + inList,
        label: m.organizations_place_members(),
      }}
      title={m.invitations_invite_title()}
      description={m.invitations_invite_text({ days: INVITATION_DAYS })}
    >
      <InviteForm
        organization={organization}
        viewerRole={loaderData.viewerRole}
        room={loaderData}
        lastResult={actionData ?? null}
        as={Form}
      >
        <SubmitButton>
          <Icon name="user-plus" />
          {m.invitations_send()}
        </SubmitButton>
      </InviteForm>
    </NarrowPage>
  );
}
