import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { EmailField, searchOf } from "../account-form.tsx";
import { useWait } from "../use-wait.ts";

type AskCodePageProps = { loaderData: { email: string; redirectTo: string }; actionData?: FormAgain | undefined };

export function AskCodePage({ loaderData, actionData }: AskCodePageProps) {
  const { email = loaderData.email, redirectTo = loaderData.redirectTo, again } = actionData?.initialValue ?? {};
  const [form, fields] = useForm<{ email: string }>({
    id: "ask-code",
    lastResult: actionData ?? null,
    defaultValue: { email },
  });
  const { button, problem } = useWait(actionData, m.account_code_send());
  const search = searchOf({ redirectTo, email });
  return (
    <AccountFrame
      title={m.account_code_title()}
      description={m.account_code_description()}
      footer={
        // Without scripts, a refusal to send a code again is shown here; the code that was sent before is still valid.
        again ? (
          <Link to={{ pathname: href("/login/code/enter"), search }}>{m.errors_go_back()}</Link>
        ) : (
          <Link to={{ pathname: href("/login"), search }}>{m.account_back_to_sign_in()}</Link>
        )
      }
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{problem}</FormError>
        <EmailField field={fields.email} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <SubmitButton size="large" {...button} />
      </Form>
    </AccountFrame>
  );
}
