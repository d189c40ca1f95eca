import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { AnswerOf } from "#app/operation/operation.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { UsernameField } from "../account-form.tsx";
import type { ResetPassword } from "../schemas.ts";
import { NewPasswordField } from "./new-password-field.tsx";
import type { openResetLink } from "./operations.server.ts";

type ResetPasswordPageProps = { loaderData: AnswerOf<typeof openResetLink>; actionData?: FormAgain | undefined };

export function ResetPasswordPage({ loaderData: { email, token }, actionData }: ResetPasswordPageProps) {
  const [form, fields] = useForm<ResetPassword>({ id: "reset-password", lastResult: actionData ?? null });
  if (email === null || actionData?.code === "link-closed") {
    return (
      <AccountFrame title={m.account_link_unknown_title()} description={m.account_reset_closed()}>
        <LinkButton to={href("/forgot-password")} size="large">
          {m.account_forgot_action()}
        </LinkButton>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame
      title={m.account_reset_title()}
      description={m.account_reset_description()}
      footer={<Link to={href("/login")}>{m.account_back_to_sign_in()}</Link>}
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <UsernameField email={email} />
        <NewPasswordField field={fields.password} />
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="large">{m.account_reset_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}
