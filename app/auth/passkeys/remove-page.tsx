import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type RemovePasskeyPageProps = { loaderData: { name: string }; actionData?: FormAgain | undefined };

export function RemovePasskeyPage({ loaderData: { name }, actionData }: RemovePasskeyPageProps) {
  return (
    <QuestionPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_passkey_remove()}
      question={m.security_passkey_remove_question({ name })}
      confirm={m.security_passkey_remove()}
      result={actionData}
    />
  );
}
