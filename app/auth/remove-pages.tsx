import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FormAgain } from "#app/request/write.server.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";

type Answered = { actionData?: FormAgain | undefined };

const toSecurity = () => ({ to: href("/settings/security"), label: m.organizations_own_security() });

export function RemoveAuthenticatorPage({ actionData }: Answered) {
  return (
    <QuestionPage
      back={toSecurity()}
      title={m.security_authenticator_remove()}
      question={m.security_authenticator_remove_question()}
      confirm={m.security_authenticator_remove()}
      result={actionData}
    />
  );
}

export function RemovePasskeyPage({ loaderData: { name }, actionData }: Answered & { loaderData: { name: string } }) {
  return (
    <QuestionPage
      back={toSecurity()}
      title={m.security_passkey_remove()}
      question={m.security_passkey_remove_question({ name })}
      confirm={m.security_passkey_remove()}
      result={actionData}
    />
  );
}

export function UnlinkPage({ loaderData: { provider }, actionData }: Answered & { loaderData: { provider: string } }) {
  return (
    <QuestionPage
      back={toSecurity()}
      title={m.security_account_unlink()}
      question={m.security_account_unlink_question({ provider })}
      confirm={m.security_account_unlink()}
      result={actionData}
    />
  );
}
