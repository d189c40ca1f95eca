import { MailCheck } from "lucide-react";
import { href, Link } from "react-router";
import { EmailField } from "#app/auth/account-form.tsx";
import { FORGOT_PASSWORDS_PER_MINUTE, RESET_LINK_MINUTES } from "#app/auth/limits.ts";
import { requestPasswordReset } from "#app/auth/passwords.server.ts";
import { ForgotPassword, ForgotVisit } from "#app/auth/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, perIpAndAddress, perRecipient } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { title } from "#app/ui/title.ts";
import { useForm } from "#app/ui/use-form.ts";
import type { Route } from "./+types/forgot-password";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_forgot_title()) }];

export const loader = read({
  validate: ForgotVisit,
  authenticate: "none",
  authorize: "public",
  execute: (_scope, visit) => answer(visit),
});

export const action = write({
  validate: ForgotPassword,
  authenticate: "none",
  authorize: "public",
  limit: allOf(perIpAndAddress("forgot", FORGOT_PASSWORDS_PER_MINUTE), perRecipient),
  execute: (grant, { email }) => requestPasswordReset(grant, email),
  refused: {},
  answer: (_done, _grant, { email }) => ({ sentTo: email }),
});

export default function ForgotPasswordPage({ loaderData: { email, notice }, actionData }: Route.ComponentProps) {
  const lastResult = actionData && !("sentTo" in actionData) ? actionData : null;
  const [form, fields] = useForm<ForgotPassword>({ id: "forgot-password", lastResult, defaultValue: { email } });
  const back = <Link to={href("/login")}>{m.account_back_to_sign_in()}</Link>;
  if (actionData && "sentTo" in actionData) {
    const { sentTo } = actionData;
    return (
      <AccountFrame
        title={m.account_check_mail_title()}
        description={m.account_forgot_sent({ email: sentTo, minutes: RESET_LINK_MINUTES })}
        footer={back}
      >
        <MailCheck aria-hidden="true" className="size-10 text-accent" strokeWidth={1.5} />
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={m.account_forgot_title()} description={m.account_forgot_description()} footer={back}>
      {notice === "email-restored" && (
        <div className="mb-5">
          <Notice tone="success">{m.account_email_restored()}</Notice>
        </div>
      )}
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <EmailField field={fields.email} />
        <SubmitButton size="large">{m.account_forgot_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}
