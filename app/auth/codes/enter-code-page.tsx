import { href } from "react-router";
import { formatWait } from "#app/i18n/format-wait.ts";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Form, useFetcher } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, type FormAnswer, useForm } from "#app/ui/use-form.ts";
import { searchOf } from "../account-form.tsx";
import { CODE_MINUTES } from "../limits.ts";
import { useWait } from "../use-wait.ts";

type EnterCodePageProps = {
  loaderData: { email: string; redirectTo: string; sent: "again" | null };
  actionData?: FormAnswer | undefined;
};

export function EnterCodePage({ loaderData: { email, redirectTo, sent }, actionData }: EnterCodePageProps) {
  const [form, { code }] = useForm<{ code: string }>({ id: "enter-code", lastResult: actionData ?? null });
  // A fetcher, because a refusal at the form's address would take away the field for the code that was sent before.
  const again = useFetcher<FormAgain>();
  const { button, problem } = useWait(again.data, m.account_send_again());
  const inputProps = {
    ...code.control,
    type: "text",
    inputMode: "numeric",
    dir: "ltr",
    autoComplete: "one-time-code",
    spellCheck: false,
    required: true,
    autoFocus: true,
    className: "tabular-nums",
  } as const;
  const hidden = (
    <>
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="redirectTo" value={redirectTo} />
    </>
  );
  return (
    <AccountFrame
      title={m.account_check_mail_title()}
      description={m.account_code_sent({ email, time: formatWait(CODE_MINUTES * 60) })}
      footer={
        <Link to={{ pathname: href("/login"), search: searchOf({ redirectTo, email }) }}>
          {m.account_back_to_sign_in()}
        </Link>
      }
    >
      {(problem || (sent === "again" && !actionData)) && (
        <div className="mb-5">
          <Notice tone={problem ? "warning" : "success"}>{problem ?? m.account_code_resent()}</Notice>
        </div>
      )}
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <Field
          {...code.frame}
          label={m.account_code_label()}
          hint={m.account_check_mail_hint()}
          inputProps={inputProps}
        />
        {hidden}
        <SubmitButton size="large">{m.account_sign_in_action()}</SubmitButton>
      </Form>
      <again.Form method="post" action={href("/login/code")} className="mt-4 grid">
        {hidden}
        <input type="hidden" name="again" value="yes" />
        <Button size="large" variant="secondary" isPending={again.state !== "idle"} {...button} />
      </again.Form>
    </AccountFrame>
  );
}
