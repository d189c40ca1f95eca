export const knownProviders = {
  google: { name: "Google", origin: "https://accounts.google.com" },
  github: { name: "GitHub", origin: "https://github.com" },
  microsoft: { name: "Microsoft", origin: "https://login.microsoftonline.com" },
  linkedin: { name: "LinkedIn", origin: "https://www.linkedin.com" },
  twitter: { name: "X", origin: "https://x.com" },
} as const;

export const OPENID = "openid";

export type Provider = {
  id: string;
  name: string;
  origin: string;
};

export function providerName(providers: readonly Provider[], id: string): string {
  const configured = providers.find((provider) => provider.id === id);
  if (configured !== undefined) return configured.name;
  return Object.hasOwn(knownProviders, id) ? knownProviders[id as keyof typeof knownProviders].name : id;
}
