import { m } from "#app/i18n/messages.ts";
import { type Provider, providerName } from "./providers.ts";

type At = { provider: string };
type Known = { providers: readonly Provider[] };

function withName(say: (names: { provider: string }) => string) {
  return ({ provider }: At, { providers }: Known) => say({ provider: providerName(providers, provider) });
}

const failedWords = withName((names) => m.account_provider_failed(names));

export const unreachable = { status: 503, message: failedWords } as const;

export const vouchingRefusals = {
  unreachable,
  failed: { status: 403, message: failedWords },
  unverified: { status: 403, message: withName((names) => m.account_provider_unverified(names)) },
} as const;

export const otherPerson = {
  status: 409,
  message: withName((names) => m.account_provider_other_person(names)),
} as const;

export const notLinked = { status: 403, message: withName((names) => m.account_provider_not_linked(names)) } as const;
