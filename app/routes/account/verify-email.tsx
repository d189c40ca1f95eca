import { useEffect, useRef } from "react";
import { Form, href, type ShouldRevalidateFunctionArgs, useSubmit } from "react-router";
import { ResendForm } from "#app/auth/check-mail.tsx";
import { FollowLink, LinkVisit } from "#app/auth/schemas.ts";
import { type LinkState, linkState, proveAddress } from "#app/auth/sign-ups.server.ts";
import { m } from "#app/i18n/messages.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { signedInAt } from "../signed-in-at.ts";
import type { Route } from "./+types/verify-email";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${loaderData ? textsOf(loaderData.link).title : m.account_verify_title()} · Tenantry` },
];

export const loader = read({
  validate: LinkVisit,
  authenticate: "none",
  authorize: "public",
  execute: (scope, { token }) => linkState(scope, token),
  answer: (link, _grant, { token }) => ({ link, token }),
});

export const action = write({
  validate: FollowLink,
  authenticate: "none",
  authorize: "public",
  execute: (grant, { token }) => proveAddress(grant, token),
  refused: {
    "link-closed": { status: 410, message: () => m.account_link_used_description() },
  },
  answer: ({ redirectTo }) => signedInAt(redirectTo),
});

/** Asking for a new link ends this one; the page goes on saying that the new one is on its way. */
export function shouldRevalidate({ formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formAction !== href("/verify-email/resend") && defaultShouldRevalidate;
}

export default function VerifyEmailPage({ loaderData: { link, token } }: Route.ComponentProps) {
  const { title, description } = textsOf(link);
  return (
    <AccountFrame title={title} description={description}>
      {link.state === "open" && <ConfirmForm token={token} />}
      {link.state === "expired" && <ResendForm signUp={link.signUp} />}
      {link.state === "used" && <LinkButton to={href("/login")}>{m.account_sign_in_action()}</LinkButton>}
      {link.state === "unknown" && <LinkButton to={href("/signup")}>{m.account_sign_up_action()}</LinkButton>}
    </AccountFrame>
  );
}

/**
 * Following a link changes nothing, so that a mail scanner cannot use it up; the page confirms by POST, by itself where there
 * is JavaScript.
 */
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

function textsOf({ state }: LinkState) {
  switch (state) {
    case "open":
      return { title: m.account_verify_title(), description: m.account_verify_description() };
    case "expired":
      return { title: m.account_link_expired_title(), description: m.account_link_expired_description() };
    case "used":
      return { title: m.account_link_used_title(), description: m.account_link_used_description() };
    case "unknown":
      return { title: m.account_link_unknown_title(), description: m.account_link_unknown_description() };
  }
}
