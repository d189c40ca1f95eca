import { href, Link, redirect } from "react-router";
import { EmailField, goingTo, PasswordField } from "#app/auth/account-form.tsx";
import { ResendForm } from "#app/auth/check-mail.tsx";
import { SIGN_INS_PER_MINUTE } from "#app/auth/limits.ts";
import { PasskeyButton } from "#app/auth/passkey-button.tsx";
import { signIn } from "#app/auth/passwords.server.ts";
import { ProviderForms } from "#app/auth/provider-form.tsx";
import { SignIn, SignInVisit } from "#app/auth/schemas.ts";
import { isSignedIn } from "#app/auth/visitor.server.ts";
import { m } from "#app/i18n/messages.ts";
import { perIpAndAddress } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { title } from "#app/ui/title.ts";
import { useForm } from "#app/ui/use-form.ts";
import { signedInAt } from "../signed-in-at.ts";
import type { Route } from "./+types/sign-in";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_sign_in_title()) }];

export const loader = read({
  validate: SignInVisit,
  authenticate: "optional",
  authorize: "public",
  execute: isSignedIn,
  answer: (signedIn, { providers }, { redirectTo, notice, email }) => {
    if (signedIn) throw redirect(redirectTo);
    return { redirectTo, notice, email, providers };
  },
});

export const action = write({
  validate: SignIn,
  authenticate: "none",
  authorize: "public",
  limit: perIpAndAddress("sign-in", SIGN_INS_PER_MINUTE),
  execute: signIn,
  refused: {
    "no-match": { status: 401, message: () => m.account_sign_in_failed() },
  },
  answer: (done, _grant, { redirectTo }) => {
    if ("signUp" in done) return { unproven: { signUp: done.signUp } };
    if (done.isHalf) throw redirect(`${href("/login/second-step")}?${new URLSearchParams({ redirectTo })}`);
    throw signedInAt(redirectTo);
  },
});

export default function SignInPage({
  loaderData: { redirectTo, notice, email, providers },
  actionData,
}: Route.ComponentProps) {
  const unproven = actionData && "unproven" in actionData ? actionData.unproven : null;
  const lastResult = actionData && !("unproven" in actionData) ? actionData : null;
  const [form, fields] = useForm<SignIn>({ id: "sign-in", lastResult, defaultValue: { email } });
  return (
    <AccountFrame
      title={m.account_sign_in_title()}
      description={m.account_sign_in_description()}
      footer={
        <>
          {m.account_no_account()}{" "}
          <Link to={{ pathname: href("/signup"), search: goingTo({ redirectTo, email }) }}>
            {m.account_sign_up_action()}
          </Link>
        </>
      }
    >
      {notice !== null && !lastResult && (
        <div className="mb-5">
          <Notice tone="success">{notice === "password-reset" ? m.account_reset_done() : m.account_deleted()}</Notice>
        </div>
      )}
      {unproven && (
        <div className="mb-6 grid gap-4">
          <Notice tone="warning">{m.account_unproven()}</Notice>
          <ResendForm signUp={unproven.signUp} />
        </div>
      )}
      <ProviderForms providers={providers} redirectTo={redirectTo} />
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <EmailField field={fields.email} />
        <PasswordField
          field={fields.password}
          aside={<Link to={href("/forgot-password")}>{m.account_forgot_link()}</Link>}
        />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <SubmitButton size="large">{m.account_sign_in_action()}</SubmitButton>
      </Form>
      <div className="mt-4">
        <PasskeyButton action={href("/login/passkey")} redirectTo={redirectTo} label={m.account_passkey_action()} />
      </div>
    </AccountFrame>
  );
}
