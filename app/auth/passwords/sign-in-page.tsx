import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { AnswerOf } from "#app/operation/operation.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { EmailField, PasswordField, searchOf } from "../account-form.tsx";
import { LastUsed, lastUsed } from "../last-used.tsx";
import { PasskeyButton } from "../passkeys/passkey-button.tsx";
import { ProviderForms } from "../providers/provider-form.tsx";
import type { SignIn } from "../schemas.ts";
import { ResendForm } from "../sign-ups/resend-form.tsx";
import type { askForSignIn } from "./operations.server.ts";

type SignInPageProps = {
  loaderData: AnswerOf<typeof askForSignIn>;
  actionData?: FormAnswer | { unproven: { signUp: string } } | undefined;
};

export function SignInPage({ loaderData, actionData }: SignInPageProps) {
  const { redirectTo, said, email, providers, lastMethod } = loaderData;
  const unproven = actionData && "unproven" in actionData ? actionData.unproven : null;
  const lastResult = actionData && !("unproven" in actionData) ? actionData : null;
  const [form, fields] = useForm<SignIn>({ id: "sign-in", lastResult, defaultValue: { email } });
  return (
    <AccountFrame
      title={m.account_sign_in_title()}
      footer={
        <>
          {m.account_no_account()}{" "}
          <Link to={{ pathname: href("/signup"), search: searchOf({ redirectTo, email }) }}>
            {m.account_sign_up_action()}
          </Link>
        </>
      }
    >
      {said !== null && !lastResult && (
        <div className="mb-5">
          <Notice tone={said.saying === "account_nothing_changed" ? "warning" : "success"}>{said.words}</Notice>
        </div>
      )}
      {unproven && (
        <div className="mb-6 grid gap-4">
          <Notice tone="warning">{m.account_unproven()}</Notice>
          <ResendForm signUp={unproven.signUp} />
        </div>
      )}
      <ProviderForms providers={providers} redirectTo={redirectTo} lastMethod={lastMethod} />
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <EmailField field={fields.email} autoComplete="username webauthn" />
        <PasswordField
          field={fields.password}
          aside={<Link to={href("/forgot-password")}>{m.account_forgot_link()}</Link>}
        />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <LastUsed isLast={lastMethod === "password"}>
          <SubmitButton size="large" {...lastUsed(lastMethod === "password")}>
            {m.account_sign_in_action()}
          </SubmitButton>
        </LastUsed>
      </Form>
      <div className="mt-4">
        <PasskeyButton
          action={href("/login/passkey")}
          redirectTo={redirectTo}
          label={m.account_passkey_action()}
          isLastUsed={lastMethod === "passkey"}
          suggestedAt={fields.email.frame.id}
        />
      </div>
      <div className="mt-3">
        <LastUsed isLast={lastMethod === "code"}>
          <LinkButton
            to={{ pathname: href("/login/code"), search: searchOf({ redirectTo, email }) }}
            variant="secondary"
            size="large"
            {...lastUsed(lastMethod === "code")}
          >
            <Icon name="mail" />
            {m.account_code_by_mail()}
          </LinkButton>
        </LastUsed>
      </div>
    </AccountFrame>
  );
}
