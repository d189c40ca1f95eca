import { href, redirect } from "react-router";
import { addAuthenticator, hasAuthenticator, setupOf } from "#app/auth/authenticator.server.ts";
import { BackupCodes } from "#app/auth/backup-codes.tsx";
import { AddAuthenticator, SetupVisit } from "#app/auth/factor-schemas.ts";
import { CONFIRMATIONS_PER_MINUTE } from "#app/auth/limits.ts";
import { AlreadySetUp, SetupPage } from "#app/auth/setup-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { perPerson } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security.authenticator";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_authenticator_title()) }];

export const loader = read({
  validate: SetupVisit,
  authenticate: "fresh",
  authorize: "self",
  execute: hasAuthenticator,
  answer: (isSetUp, grant, { setup }) => {
    const page = href("/settings/security/authenticator");
    if (setup === null) throw redirect(isSetUp ? href("/settings/security") : `${page}?setup=${grant.newId()}`);
    // Once an app is set up its secret is shown to nobody, whoever knows the id of its set-up.
    return isSetUp ? null : { setup, ...setupOf(grant, setup) };
  },
});

export const action = write({
  validate: AddAuthenticator,
  authenticate: "fresh",
  authorize: "self",
  limit: perPerson("authenticator", CONFIRMATIONS_PER_MINUTE, 60),
  execute: addAuthenticator,
  refused: {
    "wrong-code": { status: 403, field: "code", message: () => m.account_code_wrong() },
    already: { status: 409, message: () => m.security_authenticator_already() },
  },
  answer: ({ codes }) => ({ codes }),
});

export default function AuthenticatorRoute({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData && "codes" in actionData) return <BackupCodes codes={actionData.codes} />;
  if (loaderData === null) return <AlreadySetUp />;
  return <SetupPage setup={loaderData} result={actionData} />;
}
