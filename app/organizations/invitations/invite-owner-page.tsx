import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { EMAIL_MAXIMUM } from "#app/text/address-limit.ts";
import { Field } from "#app/ui/field.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Once } from "#app/ui/once.tsx";
import { QuestionPage } from "#app/ui/question-page.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { memberPlace } from "../members/member-place.ts";
import type { RoomToInvite } from "./invitation-limits.server.ts";
import { obstacleOf } from "./invite-form.tsx";

type InviteOwnerPageProps = {
  params: { organization: string };
  loaderData: RoomToInvite;
  actionData?: FormAgain | undefined;
};

export function InviteOwnerPage({ params: { organization }, loaderData, actionData }: InviteOwnerPageProps) {
  const obstacle = obstacleOf(loaderData);
  const inList = usePlaceIn(memberPlace);
  const [form, { email }] = useForm<{ email: string }>({ id: "invite-owner", lastResult: actionData ?? null });
  return (
    <QuestionPage
      back={{
        to: href("/organizations/:organization/members", { organization }) + inList,
        label: m.organizations_place_members(),
      }}
      title={m.invitations_owner_invite_title()}
      question={m.invitations_owner_question()}
      confirm={m.invitations_send()}
      result={actionData}
      form={form.props}
    >
      <Once />
      {obstacle !== null && !actionData?.error && <Notice tone="warning">{obstacle}</Notice>}
      <Field
        {...email.frame}
        label={m.invitations_email_label()}
        inputProps={{
          ...email.control,
          type: "email",
          required: true,
          maxLength: EMAIL_MAXIMUM,
          autoComplete: "off",
          placeholder: m.invitations_email_example(),
        }}
      />
      <input type="hidden" name="role" value="owner" />
    </QuestionPage>
  );
}
