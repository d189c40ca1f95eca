import { Form, href, Link } from "react-router";
import { confirmEmailChange, waitingEmail } from "#app/account/email-changes.server.ts";
import { FollowLink, LinkVisit } from "#app/auth/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { Route } from "./+types/confirm-email";

export const meta: Route.MetaFunction = () => [{ title: `${m.account_new_email_title()} · Tenantry` }];

export const loader = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: (scope, { token }) => waitingEmail(scope, token),
  answer: (email, _grant, { token }) => ({ email, token }),
});

export const action = write({
  validate: FollowLink,
  authenticate: "none",
  authorize: "public",
  execute: (grant, { token }) => confirmEmailChange(grant, token),
  refused: { "link-closed": { status: 410, message: () => m.account_email_link_closed() } },
  answer: () => ({ done: true as const }),
});

export default function ConfirmEmail({ loaderData: { email, token }, actionData }: Route.ComponentProps) {
  if (actionData && "done" in actionData) {
    return (
      <AccountFrame title={m.account_new_email_done_title()} description={m.account_new_email_done_description()}>
        <Link to={href("/settings/account")} className="font-medium text-accent hover:underline">
          {m.account_to_settings()}
        </Link>
      </AccountFrame>
    );
  }
  if (email === null) {
    return (
      <AccountFrame title={m.account_link_unknown_title()} description={m.account_email_link_closed()}>
        <Link to={href("/settings/account")} className="font-medium text-accent hover:underline">
          {m.account_to_settings()}
        </Link>
      </AccountFrame>
    );
  }
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
