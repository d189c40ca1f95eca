import { href, Link, redirect } from "react-router";
import { EmailField, goingTo, type LastResult, NameField, NewPasswordField } from "#app/auth/account-form.tsx";
import { CheckMail } from "#app/auth/check-mail.tsx";
import { SIGN_UPS_PER_MINUTE } from "#app/auth/limits.ts";
import { ProviderForms } from "#app/auth/provider-form.tsx";
import type { Provider } from "#app/auth/providers.ts";
import { Going, SignUp } from "#app/auth/schemas.ts";
import { requestSignUp } from "#app/auth/sign-ups.server.ts";
import { isSignedIn } from "#app/auth/visitor.server.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, perIpAndAddress, perRecipient } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { title } from "#app/ui/title.ts";
import { useForm } from "#app/ui/use-form.ts";
import type { Route } from "./+types/sign-up";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_sign_up_title()) }];

export const loader = read({
  validate: Going,
  authenticate: "optional",
  authorize: "public",
  execute: isSignedIn,
  answer: (signedIn, { providers }, { redirectTo, email }) => {
    if (signedIn) throw redirect(redirectTo);
    return { redirectTo, email, providers };
  },
});

export const action = write({
  validate: SignUp,
  authenticate: "none",
  authorize: "public",
  limit: allOf(perIpAndAddress("sign-up", SIGN_UPS_PER_MINUTE), perRecipient),
  execute: requestSignUp,
  refused: {},
  answer: ({ signUp, email }) => ({ sent: { signUp, email } }),
});

export default function SignUpPage({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData && "sent" in actionData) return <CheckMail {...actionData.sent} />;
  return <SignUpForm {...loaderData} lastResult={actionData ?? null} />;
}

type SignUpFormProps = {
  redirectTo: string;
  email: string;
  providers: readonly Provider[];
  lastResult: LastResult;
};

function SignUpForm({ redirectTo, email, providers, lastResult }: SignUpFormProps) {
  const [form, fields] = useForm<SignUp>({ id: "sign-up", lastResult, defaultValue: { email } });
  return (
    <AccountFrame
      title={m.account_sign_up_title()}
      description={m.account_sign_up_description()}
      footer={
        <>
          {m.account_have_account()}{" "}
          <Link to={{ pathname: href("/login"), search: goingTo({ redirectTo, email }) }}>
            {m.account_sign_in_action()}
          </Link>
        </>
      }
    >
      <ProviderForms providers={providers} redirectTo={redirectTo} />
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <NameField field={fields.name} />
        <EmailField field={fields.email} />
        <NewPasswordField field={fields.password} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <SubmitButton size="large">{m.account_sign_up_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}
