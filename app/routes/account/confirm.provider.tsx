import { redirectDocument } from "react-router";
import { ProviderPage } from "#app/auth/provider-page.tsx";
import { notLinked, vouchingRefused } from "#app/auth/provider-refusals.ts";
import { OneProvider, Return } from "#app/auth/provider-schemas.ts";
import { confirmThroughProvider } from "#app/auth/social.server.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { requiredProvider } from "../required.ts";
import type { Route } from "./+types/confirm.provider";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_confirm_title()) }];

export const loader = read({
  validate: OneProvider,
  authenticate: "session",
  authorize: "self",
  execute: () => answer(null),
  answer: (_none, { providers }, { provider: id }) => requiredProvider(providers, id),
});

/** Takes what the provider sent the browser back with. */
export const action = write({
  validate: Return,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: confirmThroughProvider,
  refused: { ...vouchingRefused, "not-linked": notLinked },
  answer: (_done, _grant, { state: { redirectTo } }) => redirectDocument(redirectTo, 303),
});

export default function ConfirmRoute({ loaderData: provider, actionData }: Route.ComponentProps) {
  return (
    <ProviderPage
      provider={provider}
      purpose="confirm"
      title={m.security_confirm_title()}
      description={m.security_confirm_description()}
      result={actionData}
    />
  );
}
