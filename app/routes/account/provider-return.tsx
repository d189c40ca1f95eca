import { HANDSHAKES_PER_MINUTE } from "#app/auth/limits.ts";
import { vouchingRefused } from "#app/auth/provider-refusals.ts";
import { ProviderReturnPage } from "#app/auth/provider-return-page.tsx";
import { Return, ReturnVisit, returnedTo } from "#app/auth/provider-schemas.ts";
import { signInThroughProvider } from "#app/auth/social.server.ts";
import { m } from "#app/i18n/messages.ts";
import { perPerson } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { required } from "../required.ts";
import { signedInAt } from "../signed-in-at.ts";
import type { Route } from "./+types/provider-return";

export const meta: Route.MetaFunction = () => [{ title: title(m.account_provider_return_title()) }];

export const loader = read({
  validate: ReturnVisit,
  authenticate: "none",
  authorize: "public",
  execute: () => answer(null),
  answer: (_none, { providers }, visit) => required(returnedTo(providers, visit)),
});

export const action = write({
  validate: Return,
  authenticate: "none",
  authorize: "public",
  limit: perPerson("provider-return", HANDSHAKES_PER_MINUTE, 60),
  execute: signInThroughProvider,
  refused: vouchingRefused,
  answer: (_done, _grant, { state: { redirectTo } }) => signedInAt(redirectTo),
});

export default function ProviderReturnRoute({ loaderData, actionData }: Route.ComponentProps) {
  return <ProviderReturnPage returned={loaderData} result={actionData} />;
}
