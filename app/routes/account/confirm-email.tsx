import { href, Link } from "react-router";
import { confirmEmailChange, waitingEmail } from "#app/account/email-changes.server.ts";
import { FollowLink, LinkVisit } from "#app/auth/schemas.ts";
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
import type { Route } from "./+types/confirm-email";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_new_email_title()) }];

export const loader = read({
  validate: LinkVisit,
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { token }) => waitingEmail(scope, token),
  answer: (waiting, { viewer }, { token }) => ({ waiting, token, isSignedIn: viewer !== null }),
});

export const action = write({
  validate: FollowLink,
  authenticate: "optional",
  authorize: "public",
  limit: linkLimit,
  execute: (grant, { token }) => confirmEmailChange(grant, token),
  refused: { "link-closed": { status: 410, message: () => m.account_email_link_closed() } },
  answer: () => ({ done: true as const }),
});

export default function ConfirmEmail({ loaderData: { waiting, token, isSignedIn }, actionData }: Route.ComponentProps) {
  if (actionData && "done" in actionData) {
    return (
      <AccountFrame title={m.account_new_email_done_title()} description={m.account_new_email_done_description()}>
        <Link to={href("/settings/account")} className="font-medium text-accent hover:underline">
          {m.account_to_settings()}
        </Link>
      </AccountFrame>
    );
  }
  if (waiting === null) {
    return (
      <AccountFrame title={m.account_link_unknown_title()} description={m.account_email_link_closed()}>
        <Link to={href("/settings/account")} className="font-medium text-accent hover:underline">
          {m.account_to_settings()}
        </Link>
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

/** Only the person who asked for the address may give it to their account; whoever else reads its mail is told what it means. */
function AskForOwner({ email, token, isSignedIn }: AskForOwnerProps) {
  const redirectTo = `${href("/confirm-email")}?${new URLSearchParams({ token })}`;
  return (
    <AccountFrame title={m.account_new_email_title()} description={m.account_new_email_whose({ email })}>
      {isSignedIn ? (
        <Form method="post" action={href("/logout")}>
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
