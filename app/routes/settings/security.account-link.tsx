import { href, redirect } from "react-router";
import { ProviderPage } from "#app/auth/provider-page.tsx";
import { otherPerson, vouchingRefused } from "#app/auth/provider-refusals.ts";
import { OneProvider, Return } from "#app/auth/provider-schemas.ts";
import { linkAccount } from "#app/auth/social.server.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { requiredProvider } from "../required.ts";
import type { Route } from "./+types/security.account-link";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(m.security_account_link({ provider: loaderData?.name ?? "" })) },
];

export const loader = read({
  validate: OneProvider,
  authenticate: "fresh",
  authorize: "self",
  execute: () => answer(null),
  answer: (_none, { providers }, { provider: id }) => requiredProvider(providers, id),
});

/** Takes what the provider sent the browser back with. */
export const action = write({
  validate: Return,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: linkAccount,
  refused: { ...vouchingRefused, "other-person": otherPerson },
  answer: () => redirect(href("/settings/security"), 303),
});

export default function LinkRoute({ loaderData: provider, actionData }: Route.ComponentProps) {
  const { name } = provider;
  return (
    <ProviderPage
      provider={provider}
      purpose="link"
      title={m.security_account_link({ provider: name })}
      description={m.security_account_link_question({ provider: name })}
      result={actionData}
    />
  );
}
