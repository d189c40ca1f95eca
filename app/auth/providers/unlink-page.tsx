import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { QuestionPage } from "#app/ui/question-page.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type UnlinkPageProps = { loaderData: { provider: string }; actionData?: FormAgain | undefined };

export function UnlinkPage({ loaderData: { provider }, actionData }: UnlinkPageProps) {
  return (
    <QuestionPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_account_unlink()}
      question={m.security_account_unlink_question({ provider })}
      confirm={m.security_account_unlink()}
      result={actionData}
    />
  );
}
