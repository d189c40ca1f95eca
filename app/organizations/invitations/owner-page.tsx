import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import { memberPlace } from "../members/member-place.ts";
import type { Invitation } from "./invitations.server.ts";

type InvitedOwnerPageProps = {
  params: { organization: string; invitation: string };
  loaderData: { invitation: Invitation };
};

export function InvitedOwnerPage({ params, loaderData: { invitation } }: InvitedOwnerPageProps) {
  const inList = usePlaceIn(memberPlace);
  const isOwner = invitation.role === "owner";
  return (
    <QuestionPage
      back={{
        to: href("/organizations/:organization/invitations/:invitation", params) + inList,
        label: m.invitations_open_title(),
      }}
      title={m.invitations_owner_title({ email: invitation.email })}
      question={m.invitations_owner_question()}
      confirm={isOwner ? m.invitations_resend() : m.members_role_save()}
      action={
        (isOwner
          ? href("/organizations/:organization/invitations/:invitation/resend", params)
          : href("/organizations/:organization/invitations/:invitation/role", params)) + inList
      }
    >
      {!isOwner && (
        <>
          <AsShown fields={{ role: invitation.role }} lastResult={null} />
          <input type="hidden" name="role" value="owner" />
        </>
      )}
    </QuestionPage>
  );
}
