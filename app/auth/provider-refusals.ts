import { m } from "#app/i18n/messages.ts";
import { knownProviders } from "./providers.ts";

type At = { provider: string };

/** A message names the provider as people know it; one that has no entry is called by what it is. */
function named({ provider }: At) {
  const known = Object.entries(knownProviders).find(([id]) => id === provider);
  return { provider: known?.[1].name ?? "OpenID" };
}

/** What keeps a provider from vouching for somebody, in words. */
export const vouchingRefused = {
  failed: { status: 403, message: (input: At) => m.account_provider_failed(named(input)) },
  unverified: { status: 403, message: (input: At) => m.account_provider_unverified(named(input)) },
} as const;

export const unreachable = { status: 503, message: (input: At) => m.account_provider_failed(named(input)) } as const;

export const otherPerson = {
  status: 409,
  message: (input: At) => m.account_provider_other_person(named(input)),
} as const;

export const notLinked = { status: 403, message: (input: At) => m.account_provider_not_linked(named(input)) } as const;
