import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { AnswerOf } from "#app/operation/operation.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { EmailField } from "../account-form.tsx";
import { RESET_LINK_MINUTES } from "../limits.ts";
import type { ForgotPassword } from "../schemas.ts";
import { useWait } from "../use-wait.ts";
import type { askForReset } from "./operations.server.ts";

type ForgotPasswordPageProps = {
  loaderData: AnswerOf<typeof askForReset>;
  actionData?: FormAgain | { sentTo: string; isAgain: boolean } | undefined;
};

export function ForgotPasswordPage({ loaderData: { email, said }, actionData }: ForgotPasswordPageProps) {
  const lastResult = actionData && !("sentTo" in actionData) ? actionData : null;
  const { button, problem } = useWait(lastResult, m.account_forgot_action());
  const [form, fields] = useForm<ForgotPassword>({ id: "forgot-password", lastResult, defaultValue: { email } });
  const back = <Link to={href("/login")}>{m.account_back_to_sign_in()}</Link>;
  if (actionData && "sentTo" in actionData) {
    const { sentTo, isAgain } = actionData;
    return (
      <AccountFrame
        title={m.account_check_mail_title()}
        description={m.account_forgot_sent({ email: sentTo, minutes: RESET_LINK_MINUTES })}
        footer={back}
      >
        <Icon name="mail-check" className="stroke-[1.5] mb-6 size-10 text-accent" />
        <Form method="post" className="grid gap-4">
          {isAgain && <Notice tone="success">{m.account_sent_again()}</Notice>}
          <input type="hidden" name="email" value={sentTo} />
          <input type="hidden" name="again" value="yes" />
          <SubmitButton size="large" variant="secondary">
            {m.account_send_again()}
          </SubmitButton>
        </Form>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={m.account_forgot_title()} description={m.account_forgot_description()} footer={back}>
      {said !== null && (
        <div className="mb-5">
          <Notice tone="success">{said.words}</Notice>
        </div>
      )}
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{problem}</FormError>
        <EmailField field={fields.email} />
        <SubmitButton size="large" {...button} />
      </Form>
    </AccountFrame>
  );
}
