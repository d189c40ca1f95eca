/** Who may vouch for a person, by the name Better Auth has for them, with the origin that asks the person. */
export const knownProviders = {
  google: { name: "Google", origin: "https://accounts.google.com" },
  github: { name: "GitHub", origin: "https://github.com" },
  microsoft: { name: "Microsoft", origin: "https://login.microsoftonline.com" },
  linkedin: { name: "LinkedIn", origin: "https://www.linkedin.com" },
  twitter: { name: "X", origin: "https://x.com" },
} as const;

/** The id of a provider of OpenID Connect that has no entry above: a company's own, say. */
export const OPENID = "openid";

/** A provider that is configured here. */
export type Provider = {
  id: string;
  name: string;
  /** Where it asks the person. */
  origin: string;
};

/** Also for one that is no longer configured. */
export function providerName(providers: readonly Provider[], id: string): string {
  const configured = providers.find((provider) => provider.id === id);
  if (configured !== undefined) return configured.name;
  return Object.hasOwn(knownProviders, id) ? knownProviders[id as keyof typeof knownProviders].name : id;
}
