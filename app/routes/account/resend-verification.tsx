import { href } from "react-router";
import { z } from "zod";
import { CheckMail } from "#app/auth/check-mail.tsx";
import { RESENDS_PER_MINUTE } from "#app/auth/limits.ts";
import { ResendVerification } from "#app/auth/schemas.ts";
import { resendVerification } from "#app/auth/sign-ups.server.ts";
import { m } from "#app/i18n/messages.ts";
import { networkOf } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/resend-verification";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_check_mail_title()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: () => answer(null),
});

export const action = write({
  validate: ResendVerification,
  authenticate: "none",
  authorize: "public",
  limit: ({ signUp }, { ipAddress }) => [
    { key: `resend:ip:${networkOf(ipAddress)}`, times: RESENDS_PER_MINUTE, seconds: 60 },
    { key: `resend:sign-up:${signUp}`, times: RESENDS_PER_MINUTE, seconds: 60 },
  ],
  execute: (grant, { signUp }) => resendVerification(grant, signUp),
  refused: {},
  answer: ({ signUp }) => ({ signUp }),
});

/** Seen without JavaScript alone; with it the form answers in its place. */
export default function ResendVerificationPage({ actionData }: Route.ComponentProps) {
  if (actionData && "signUp" in actionData) return <CheckMail signUp={actionData.signUp} email={null} />;
  return (
    <AccountFrame title={m.account_link_unknown_title()} description={m.account_link_unknown_description()}>
      <FormError>{actionData?.error?.[""]?.[0]}</FormError>
      <LinkButton to={href("/signup")}>{m.account_sign_up_action()}</LinkButton>
    </AccountFrame>
  );
}
