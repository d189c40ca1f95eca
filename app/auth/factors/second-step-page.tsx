import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { CodeField, searchOf } from "../account-form.tsx";
import { PasskeyButton } from "../passkeys/passkey-button.tsx";

type SecondStepPageProps = {
  loaderData: { redirectTo: string; rememberWords: string };
  actionData?: FormAnswer | undefined;
};

export function SecondStepPage({ loaderData: { redirectTo, rememberWords }, actionData }: SecondStepPageProps) {
  const [form, { code }] = useForm<{ code: string }>({ id: "second-step", lastResult: actionData ?? null });
  return (
    <AccountFrame
      title={m.account_second_step_title()}
      description={m.account_second_step_description()}
      footer={
        <Link to={{ pathname: href("/login"), search: searchOf({ redirectTo, email: "" }) }}>
          {m.account_second_step_other()}
        </Link>
      }
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <CodeField field={code} />
        <label className="flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            name="remember"
            value="yes"
            defaultChecked={actionData?.initialValue?.remember === "yes"}
            className="mt-0.5 size-4 shrink-0 accent-accent"
          />
          {rememberWords}
        </label>
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <SubmitButton size="large">{m.account_second_step_action()}</SubmitButton>
      </Form>
      <div className="mt-4">
        <PasskeyButton action={href("/login/passkey")} redirectTo={redirectTo} label={m.account_passkey_action()} />
      </div>
    </AccountFrame>
  );
}
