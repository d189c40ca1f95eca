import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type LeavePageProps = {
  params: { organization: string };
  loaderData: { name: string };
  actionData?: FormAgain | undefined;
};

export function LeavePage({ params, loaderData: { name }, actionData }: LeavePageProps) {
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/dashboard", params), label: name }}
      title={m.members_leave_title({ organization: name })}
      question={m.members_leave_question()}
      confirm={m.members_leave_confirm()}
      result={actionData}
    />
  );
}
