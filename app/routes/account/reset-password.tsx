import { href, Link, redirect } from "react-router";
import { NewPasswordField, UsernameField } from "#app/auth/account-form.tsx";
import { weakPassword } from "#app/auth/password-refusals.ts";
import { emailOfReset, resetPassword } from "#app/auth/passwords.server.ts";
import { LinkVisit, ResetPassword } from "#app/auth/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { linkLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { title } from "#app/ui/title.ts";
import { useForm } from "#app/ui/use-form.ts";
import type { Route } from "./+types/reset-password";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(loaderData?.email === null ? m.account_link_expired_title() : m.account_reset_title()) },
];

export const loader = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: (scope, { token }) => emailOfReset(scope, token),
  answer: (email, _grant, { token }) => ({ email, token }),
});

export const action = write({
  validate: ResetPassword,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: resetPassword,
  refused: {
    ...weakPassword,
    "link-closed": { status: 410, message: () => m.account_reset_closed() },
  },
  answer: () => redirect(`${href("/login")}?notice=password-reset`),
});

export default function ResetPasswordPage({ loaderData: { email, token }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<ResetPassword>({ id: "reset-password", lastResult: actionData ?? null });
  if (email === null) {
    return (
      <AccountFrame title={m.account_link_expired_title()} description={m.account_reset_closed()}>
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
