import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { memberPlace } from "./member-place.ts";
import type { MemberDetails } from "./members.server.ts";

type SignOutPageProps = {
  params: { organization: string; member: string };
  loaderData: MemberDetails;
  actionData?: FormAgain | undefined;
};

export function SignOutPage({ params, loaderData: { member }, actionData }: SignOutPageProps) {
  const inList = usePlaceIn(memberPlace);
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/members/:member", params) + inList, label: member.name }}
      title={m.members_sign_out_title({ name: member.name })}
      question={m.members_sign_out_question()}
      confirm={m.members_sign_out_confirm()}
      result={actionData}
    />
  );
}
