/** Who may vouch for a person, by the name Better Auth has for them. Each is there only when it is configured. */
export const providerNames = {
  google: "Google",
  github: "GitHub",
  microsoft: "Microsoft",
  linkedin: "LinkedIn",
  twitter: "X",
} as const;

export function providerName(provider: string): string {
  return Object.hasOwn(providerNames, provider) ? providerNames[provider as keyof typeof providerNames] : provider;
}
