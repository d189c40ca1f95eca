import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import type { WaitingEmail } from "./email-changes.server.ts";

type ConfirmEmailPageProps = {
  loaderData: { waiting: WaitingEmail | null; token: string; isSignedIn: boolean };
  actionData?: FormAgain | { done: true } | undefined;
};

export function ConfirmEmailPage({ loaderData, actionData }: ConfirmEmailPageProps) {
  const { waiting, token, isSignedIn } = loaderData;
  if (waiting?.isDone || (actionData && "done" in actionData)) {
    return (
      <AccountFrame title={m.account_new_email_done_title()} description={m.account_new_email_done_description()}>
        <LinkButton to={href("/settings/account")} size="large">
          {m.account_to_settings()}
        </LinkButton>
      </AccountFrame>
    );
  }
  if (waiting === null || actionData?.code === "link-closed") {
    return (
      <AccountFrame title={m.account_link_unknown_title()} description={m.account_email_link_closed()}>
        <LinkButton to={href("/settings/account")} size="large">
          {m.account_to_settings()}
        </LinkButton>
      </AccountFrame>
    );
  }
  const { email, isOwn } = waiting;
  if (!isOwn) return <AskForOwner email={email} token={token} isSignedIn={isSignedIn} />;
  return (
    <AccountFrame title={m.account_new_email_title()} description={m.account_new_email_description({ email })}>
      <Form method="post" className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="large">{m.account_new_email_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}

type AskForOwnerProps = { email: string; token: string; isSignedIn: boolean };

function AskForOwner({ email, token, isSignedIn }: AskForOwnerProps) {
  const redirectTo = `${href("/confirm-email")}?${new URLSearchParams({ token })}`;
  return (
    <AccountFrame title={m.account_new_email_title()} description={m.account_new_email_whose({ email })}>
      {isSignedIn ? (
        <Form method="post" action={href("/logout")} className="grid">
          <input type="hidden" name="redirectTo" value={redirectTo} />
          <SubmitButton size="large">{m.account_new_email_switch()}</SubmitButton>
        </Form>
      ) : (
        <LinkButton to={`${href("/login")}?${new URLSearchParams({ redirectTo })}`} size="large">
          {m.account_sign_in_action()}
        </LinkButton>
      )}
    </AccountFrame>
  );
}
