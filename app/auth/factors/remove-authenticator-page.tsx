import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type RemoveAuthenticatorPageProps = { actionData?: FormAgain | undefined };

export function RemoveAuthenticatorPage({ actionData }: RemoveAuthenticatorPageProps) {
  return (
    <QuestionPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_authenticator_remove()}
      question={m.security_authenticator_remove_question()}
      confirm={m.security_authenticator_remove()}
      result={actionData}
    />
  );
}
