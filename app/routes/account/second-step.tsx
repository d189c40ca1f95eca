import { href, Link, redirect } from "react-router";
import { CodeField } from "#app/auth/account-form.tsx";
import { SecondStep } from "#app/auth/factor-schemas.ts";
import { PasskeyButton } from "#app/auth/passkey-button.tsx";
import { Going } from "#app/auth/schemas.ts";
import { isHalfSignedIn, takeSecondStep } from "#app/auth/second-step.server.ts";
import { secondStepLimit } from "#app/auth/second-step-limit.server.ts";
import { m } from "#app/i18n/messages.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { title } from "#app/ui/title.ts";
import { useForm } from "#app/ui/use-form.ts";
import { signedInAt } from "../signed-in-at.ts";
import type { Route } from "./+types/second-step";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_second_step_title()) }];

export const loader = read({
  validate: Going,
  authenticate: "optional",
  authorize: "public",
  execute: isHalfSignedIn,
  answer: (isHalf, _grant, { redirectTo }) => {
    if (!isHalf) throw redirect(`${href("/login")}?${new URLSearchParams({ redirectTo })}`);
    return { redirectTo };
  },
});

export const action = write({
  validate: SecondStep,
  authenticate: "optional",
  authorize: "public",
  limit: secondStepLimit,
  execute: takeSecondStep,
  refused: {
    "wrong-code": { status: 401, field: "code", message: () => m.account_code_wrong() },
    "signed-out": { status: 401, message: () => m.account_second_step_over() },
  },
  answer: (_done, _grant, { redirectTo }) => signedInAt(redirectTo),
});

export default function SecondStepPage({ loaderData: { redirectTo }, actionData }: Route.ComponentProps) {
  const [form, { code }] = useForm<{ code: string }>({ id: "second-step", lastResult: actionData ?? null });
  return (
    <AccountFrame
      title={m.account_second_step_title()}
      description={m.account_second_step_description()}
      footer={<Link to={href("/login")}>{m.account_second_step_other()}</Link>}
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError>{form.error}</FormError>
        <CodeField field={code} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <SubmitButton size="large">{m.account_second_step_action()}</SubmitButton>
      </Form>
      <div className="mt-4">
        <PasskeyButton action={href("/login/passkey")} redirectTo={redirectTo} label={m.account_passkey_action()} />
      </div>
    </AccountFrame>
  );
}
