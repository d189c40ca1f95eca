import { useEffect, useRef } from "react";
import { href, useSubmit } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { type LastResult, NameField, UsernameField } from "../account-form.tsx";
import { NewPasswordField } from "../passwords/new-password-field.tsx";
import { ResendForm } from "./resend-form.tsx";
import type { LinkState } from "./sign-ups.server.ts";

type VerifyEmailPageProps = { loaderData: { link: LinkState; token: string }; actionData?: FormAgain | undefined };

export function VerifyEmailPage({ loaderData: { link: loaded, token }, actionData }: VerifyEmailPageProps) {
  // The page is not loaded again in a tab that was shown before someone signed in.
  const isUsed = actionData?.code === "link-closed" && loaded.state === "open";
  const link: LinkState = isUsed ? { state: "used" } : loaded;
  const { title, description } = verificationTexts(link);
  return (
    <AccountFrame title={title} description={description}>
      {link.state === "open" &&
        (link.isHere ? (
          <ConfirmForm token={token} />
        ) : (
          <ChooseForm token={token} email={link.email} lastResult={actionData ?? null} />
        ))}
      {link.state === "expired" && <ResendForm signUp={link.signUp} variant="primary" />}
      {link.state === "used" && (
        <LinkButton to={href("/login")} size="large">
          {m.account_sign_in_action()}
        </LinkButton>
      )}
      {link.state === "unknown" && (
        <LinkButton to={href("/signup")} size="large">
          {m.account_sign_up_action()}
        </LinkButton>
      )}
    </AccountFrame>
  );
}

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
    <Form method="post" ref={form} className="grid">
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="large">{m.account_verify_action()}</SubmitButton>
    </Form>
  );
}

type ChooseFormProps = { token: string; email: string; lastResult: LastResult };

/** A stranger may have signed up, so their choices do not count. Mail scanners run scripts, so no script submits the form. */
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

export function verificationTexts(link: LinkState) {
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
