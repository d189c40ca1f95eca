import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { memberPlace } from "../members/member-place.ts";
import type { InviteLink } from "./invite-links.server.ts";

type RevokeInviteLinkPageProps = {
  params: { organization: string };
  loaderData: { link: InviteLink };
  actionData?: FormAgain | undefined;
};

export function RevokeInviteLinkPage({ params, loaderData: { link }, actionData }: RevokeInviteLinkPageProps) {
  const { organization } = params;
  const inList = usePlaceIn(memberPlace);
  return (
    <QuestionPage
      back={{
        to: href("/organizations/:organization/invite-links", { organization }) + inList,
        label: m.links_title(),
      }}
      title={m.links_revoke_title({ name: `${link.prefix}…` })}
      question={m.links_revoke_question()}
      confirm={m.links_revoke()}
      result={actionData}
    />
  );
}
