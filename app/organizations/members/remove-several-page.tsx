import { m } from "#app/i18n/messages.ts";
import { shownAddress } from "#app/text/shown-address.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { type MembersShown, membersHref, shownFields } from "./member-sorts.ts";
import { OutcomePage } from "./outcome-page.tsx";

type RemoveSeveralPageProps = {
  params: { organization: string };
  loaderData: { members: { id: string; name: string; email: string }[]; shown: MembersShown; page: number };
  actionData?: FormAgain | undefined;
};

export function RemoveSeveralPage({ params, loaderData, actionData }: RemoveSeveralPageProps) {
  const { members, shown, page } = loaderData;
  const back = membersHref(params.organization, { ...shown, isSelecting: true }, page);
  if (members.length === 0 || actionData?.error?.member !== undefined) {
    return <OutcomePage title={m.members_remove_several_confirm()} back={back} result={actionData} />;
  }
  return (
    <QuestionPage
      back={{ to: back, label: m.organizations_place_members() }}
      title={m.members_remove_several_title({ count: members.length })}
      question={m.members_remove_several_question()}
      confirm={m.members_remove_several_confirm()}
      result={actionData}
    >
      {Object.entries(shownFields(shown, page)).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <ul className="grid gap-2 text-sm">
        {members.map(({ id, name, email }) => (
          <li key={id}>
            <bdi className="font-medium">{name}</bdi> <bdi className="text-muted">{shownAddress(email)}</bdi>
            <input type="hidden" name="member" value={id} />
          </li>
        ))}
      </ul>
    </QuestionPage>
  );
}
