import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { AsShown } from "#app/ui/as-shown.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import { memberPlace } from "./member-place.ts";
import type { Member } from "./members.server.ts";
import type { OwnerChange } from "./schemas.ts";

type OwnerPageProps = {
  params: { organization: string; member: string };
  loaderData: { member: Member; to: OwnerChange };
};

export function OwnerPage({ params, loaderData: { member, to } }: OwnerPageProps) {
  const inList = usePlaceIn(memberPlace);
  const back = { to: href("/organizations/:organization/members/:member", params) + inList, label: member.name };
  if (to === "nobody") {
    return (
      <QuestionPage
        back={back}
        title={m.members_remove_title()}
        question={m.members_remove_question({ name: member.name })}
        confirm={m.members_remove_confirm()}
        action={href("/organizations/:organization/members/:member/remove", params) + inList}
      />
    );
  }
  return (
    <QuestionPage
      back={back}
      {...textsOf(member, to)}
      confirm={m.members_role_save()}
      action={href("/organizations/:organization/members/:member/role", params) + inList}
    >
      <AsShown fields={{ role: member.role }} lastResult={null} />
      <input type="hidden" name="role" value={to} />
    </QuestionPage>
  );
}

function textsOf({ name, isSelf }: Member, to: Exclude<OwnerChange, "nobody">) {
  if (to === "owner") return { title: m.members_owner_title({ name }), question: m.members_owner_question() };
  const role = roleName(to);
  if (isSelf) return { title: m.members_step_down_title(), question: m.members_step_down_question({ role }) };
  return { title: m.members_lower_title({ name }), question: m.members_lower_question({ name, role }) };
}
