import { href, redirect } from "react-router";
import { z } from "zod";
import { requestEmailChange } from "#app/account/email-changes.server.ts";
import { EmailPage } from "#app/account/email-page.tsx";
import { EMAIL_CHANGES_PER_DAY, EMAIL_CHANGES_PER_MINUTE } from "#app/account/limits.ts";
import { profile } from "#app/account/profile.server.ts";
import { ChangeEmail } from "#app/account/schemas.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, perPerson, perRecipient } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { digest } from "#app/request/tokens.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/email";

export const meta: Route.MetaFunction = () => [{ title: title(m.profile_email_title()) }];

export const loader = read({ validate: z.unknown(), authenticate: "fresh", authorize: "self", execute: profile });

export const action = write({
  validate: ChangeEmail,
  authenticate: "fresh",
  authorize: "self",
  // Each one mails an address that may be anybody's.
  limit: allOf(
    ({ email }) => [{ key: `change-email:address:${digest(email)}`, times: EMAIL_CHANGES_PER_MINUTE, seconds: 60 }],
    perPerson("change-email", EMAIL_CHANGES_PER_DAY, 86_400),
    perRecipient,
  ),
  execute: (grant, { email }) => requestEmailChange(grant, email),
  refused: {},
  answer: () => redirect(href("/settings/account"), 303),
});

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [], done: m.profile_email_sent });
}

export default EmailPage;
