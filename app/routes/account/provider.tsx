import { redirectDocument } from "react-router";
import { HANDSHAKES_PER_MINUTE } from "#app/auth/limits.ts";
import { ProviderForm } from "#app/auth/provider-form.tsx";
import { unreachable } from "#app/auth/provider-refusals.ts";
import { BeginAtProvider } from "#app/auth/provider-schemas.ts";
import { beginAtProvider } from "#app/auth/social.server.ts";
import { m } from "#app/i18n/messages.ts";
import { perPerson } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { AccountFrame } from "#app/ui/account-frame.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { title } from "#app/ui/title.ts";
import { requiredProvider } from "../required.ts";
import type { Route } from "./+types/provider";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(m.account_provider_continue({ provider: loaderData?.provider.name ?? "" })) },
];

export const loader = read({
  validate: BeginAtProvider,
  authenticate: "none",
  authorize: "public",
  execute: () => answer(null),
  answer: (_none, { providers }, { provider: id, ...way }) => ({
    provider: requiredProvider(providers, id),
    ...way,
  }),
});

export const action = write({
  validate: BeginAtProvider,
  authenticate: "none",
  authorize: "public",
  limit: perPerson("provider", HANDSHAKES_PER_MINUTE, 60),
  execute: beginAtProvider,
  refused: { unreachable, "not-found": { ...unreachable, status: 404 } },
  answer: ({ url }) => redirectDocument(url, 303),
});

export default function ProviderRoute({ loaderData, actionData }: Route.ComponentProps) {
  const label = m.account_provider_continue({ provider: loaderData.provider.name });
  return (
    <AccountFrame title={label}>
      <div className="grid gap-5">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <ProviderForm {...loaderData} label={label} />
      </div>
    </AccountFrame>
  );
}
