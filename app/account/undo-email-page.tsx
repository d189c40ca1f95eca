import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";

type UndoEmailPageProps = {
  loaderData: { change: { from: string; to: string } | null; token: string };
  actionData?: FormAgain | undefined;
};

export function UndoEmailPage({ loaderData: { change, token }, actionData }: UndoEmailPageProps) {
  if (change === null || actionData?.code === "link-closed") {
    return (
      <AccountFrame title={m.account_link_unknown_title()} description={m.account_email_link_closed()}>
        <LinkButton to={href("/login")} size="large">
          {m.account_sign_in_action()}
        </LinkButton>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={m.account_undo_email_title()} description={m.account_undo_email_description(change)}>
      <Form method="post" className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="large">{m.account_undo_email_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}
