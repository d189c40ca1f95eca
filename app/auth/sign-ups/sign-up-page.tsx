import { useState } from "react";
import { href, useNavigation } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { AnswerOf } from "#app/operation/operation.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { EmailField, type LastResult, NameField, searchOf } from "../account-form.tsx";
import { NewPasswordField } from "../passwords/new-password-field.tsx";
import { ProviderForms } from "../providers/provider-form.tsx";
import type { SignUp } from "../schemas.ts";
import { CheckMail } from "./check-mail.tsx";
import type { askForSignUp } from "./operations.server.ts";

type Asked = AnswerOf<typeof askForSignUp>;

type SignUpPageProps = {
  loaderData: Asked;
  actionData?: FormAnswer | { sent: { signUp: string; email: string } } | undefined;
};

export function SignUpPage({ loaderData, actionData }: SignUpPageProps) {
  const answer = useAnswerUntilLeft(actionData);
  if (answer && "sent" in answer) return <CheckMail {...answer.sent} />;
  return <SignUpForm {...loaderData} lastResult={answer ?? null} />;
}

/** Keeps the page's answer until the page is left: the router drops it once a form that leaves the page has its response. */
function useAnswerUntilLeft<A>(answer: A | undefined): A | undefined {
  const isLeaving = useNavigation().state === "loading" && answer === undefined;
  const [kept, setKept] = useState(answer);
  if (!isLeaving && kept !== answer) setKept(answer);
  return isLeaving ? kept : answer;
}

type CorrectAddressPageProps = {
  loaderData: Asked;
  actionData?: FormAnswer | { typed: { name: string; email: string; redirectTo: string | null } | null } | undefined;
};

export function CorrectAddressPage({ loaderData, actionData }: CorrectAddressPageProps) {
  const typed = actionData && "typed" in actionData ? actionData.typed : null;
  const asked = { ...loaderData, ...typed, redirectTo: typed?.redirectTo ?? loaderData.redirectTo };
  return <SignUpForm {...asked} action={href("/signup")} lastResult={null} />;
}

type SignUpFormProps = Asked & { name?: string; action?: string; lastResult: LastResult };

function SignUpForm({ email, name = "", providers, action, lastResult, ...rest }: SignUpFormProps) {
  const redirectTo = lastResult?.initialValue?.redirectTo ?? rest.redirectTo;
  const [form, fields] = useForm<SignUp>({ id: "sign-up", lastResult, defaultValue: { email, name } });
  return (
    <AccountFrame
      title={m.account_sign_up_title()}
      description={m.account_sign_up_description()}
      footer={
        <>
          {m.account_have_account()}{" "}
          <Link to={{ pathname: href("/login"), search: searchOf({ redirectTo, email }) }}>
            {m.account_sign_in_action()}
          </Link>
        </>
      }
    >
      <ProviderForms providers={providers} redirectTo={redirectTo} />
      <Form method="post" {...(action !== undefined && { action })} {...form.props} className="grid gap-5">
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
