import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type EndPageProps = { actionData?: FormAgain | undefined };

const back = () => ({ to: href("/settings/security"), label: m.organizations_own_security() });

export function EndOthersPage({ actionData }: EndPageProps) {
  return (
    <QuestionPage
      back={back()}
      title={m.security_sessions_end_others_title()}
      question={m.security_sessions_end_others_question()}
      confirm={m.security_sessions_end_others()}
      result={actionData}
    />
  );
}

export function EndAllPage({ actionData }: EndPageProps) {
  return (
    <QuestionPage
      back={back()}
      title={m.security_sessions_end_all_title()}
      question={m.security_sessions_end_all_question()}
      confirm={m.security_sessions_end_all()}
      result={actionData}
    />
  );
}
