import { href, redirect } from "react-router";
import { undoEmailChange, undoneEmail } from "#app/account/email-changes.server.ts";
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
import type { Route } from "./+types/undo-email";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_undo_email_title()) }];

export const loader = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: (scope, { token }) => undoneEmail(scope, token),
  answer: (change, _grant, { token }) => ({ change, token }),
});

export const action = write({
  validate: FollowLink,
  authenticate: "none",
  authorize: "public",
  limit: linkLimit,
  execute: (grant, { token }) => undoEmailChange(grant, token),
  refused: { "link-closed": { status: 410, message: () => m.account_email_link_closed() } },
  answer: ({ email }) => {
    throw redirect(`${href("/forgot-password")}?${new URLSearchParams({ email, notice: "email-restored" })}`, 303);
  },
});

export default function UndoEmail({ loaderData: { change, token }, actionData }: Route.ComponentProps) {
  if (change === null) {
    return (
      <AccountFrame title={m.account_link_unknown_title()} description={m.account_email_link_closed()}>
        <LinkButton to={href("/login")}>{m.account_sign_in_action()}</LinkButton>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title={m.account_undo_email_title()} description={m.account_undo_email_description(change)}>
      <Form method="post" className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="large">{m.account_undo_email_action()}</SubmitButton>
      </Form>
    </AccountFrame>
  );
}
