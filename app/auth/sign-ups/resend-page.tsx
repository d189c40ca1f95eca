import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { CheckMail } from "./check-mail.tsx";

export function ResendPage({ actionData }: { actionData?: FormAnswer | { signUp: string } | undefined }) {
  if (actionData && "signUp" in actionData) return <CheckMail signUp={actionData.signUp} email={null} />;
  return (
    <AccountFrame title={m.account_link_unknown_title()} description={m.account_link_unknown_description()}>
      <div className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <LinkButton to={href("/signup")} size="large">
          {m.account_sign_up_action()}
        </LinkButton>
      </div>
    </AccountFrame>
  );
}
