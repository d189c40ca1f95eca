import { useEffect, useRef } from "react";
import { href, type ShouldRevalidateFunctionArgs, useSubmit } from "react-router";
import { type LastResult, NameField, NewPasswordField, UsernameField } from "#app/auth/account-form.tsx";
import { ResendForm } from "#app/auth/check-mail.tsx";
import { weakPassword } from "#app/auth/password-refusals.ts";
import { LinkVisit, ProveAddress } from "#app/auth/schemas.ts";
import { type LinkState, linkState, proveAddress } from "#app/auth/sign-ups.server.ts";
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
import { signedInAt } from "../signed-in-at.ts";
import type { Route } from "./+types/verify-email";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(loaderData ? textsOf(loaderData.link).title : m.account_verify_title()) },
];

export const loader = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: (scope, { token }) => linkState(scope, token),
  answer: (link, _grant, { token }) => ({ link, token }),
});

export const action = write({
  validate: ProveAddress,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: proveAddress,
  refused: {
    ...weakPassword,
    "to-choose": { status: 409, message: () => m.account_verify_to_choose() },
    "link-closed": { status: 410, message: () => m.account_link_used_description() },
  },
  answer: ({ redirectTo }) => signedInAt(redirectTo),
});

/** Asking for a new link ends this one; the page goes on saying that the new one is on its way. */
export function shouldRevalidate({ formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formAction !== href("/verify-email/resend") && defaultShouldRevalidate;
}

export default function VerifyEmailPage({ loaderData: { link, token }, actionData }: Route.ComponentProps) {
  const { title, description } = textsOf(link);
  return (
    <AccountFrame title={title} description={description}>
      {link.state === "open" &&
        (link.isHere ? (
          <ConfirmForm token={token} />
        ) : (
          <ChooseForm token={token} email={link.email} lastResult={actionData ?? null} />
        ))}
      {link.state === "expired" && <ResendForm signUp={link.signUp} />}
      {link.state === "used" && <LinkButton to={href("/login")}>{m.account_sign_in_action()}</LinkButton>}
      {link.state === "unknown" && <LinkButton to={href("/signup")}>{m.account_sign_up_action()}</LinkButton>}
    </AccountFrame>
  );
}

/** In the browser that signed up: goes on by itself where there are scripts. */
function ConfirmForm({ token }: { token: string }) {
  const form = useRef<HTMLFormElement>(null);
  const submit = useSubmit();
  const isSent = useRef(false);
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    void submit(form.current);
  }, [submit]);
  return (
    <Form method="post" ref={form}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="large">{m.account_verify_action()}</SubmitButton>
    </Form>
  );
}

type ChooseFormProps = { token: string; email: string; lastResult: LastResult };

/**
 * In any other browser: whoever signed up may be a stranger to whom this address is not theirs, so what they chose does not
 * count, and nothing goes on by itself, since mail scanners run scripts.
 */
function ChooseForm({ token, email, lastResult }: ChooseFormProps) {
  const [form, fields] = useForm<{ name: string; password: string }>({ id: "prove-address", lastResult });
  return (
    <Form method="post" {...form.props} className="grid gap-5">
      <FormError>{form.error}</FormError>
      <NameField field={fields.name} />
      <UsernameField email={email} />
      <NewPasswordField field={fields.password} />
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="large">{m.account_verify_action()}</SubmitButton>
      <p className="text-muted text-sm">{m.account_verify_not_you()}</p>
    </Form>
  );
}

function textsOf(link: LinkState) {
  switch (link.state) {
    case "open":
      return {
        title: m.account_verify_title(),
        description: link.isHere ? m.account_verify_description() : m.account_verify_choose({ email: link.email }),
      };
    case "expired":
      return { title: m.account_link_expired_title(), description: m.account_link_expired_description() };
    case "used":
      return { title: m.account_link_used_title(), description: m.account_link_used_description() };
    case "unknown":
      return { title: m.account_link_unknown_title(), description: m.account_link_unknown_description() };
  }
}
