import type { ProviderSettings } from "#app/auth/providers/handshakes.server.ts";
import { knownProviders, OPENID } from "#app/auth/providers/providers.ts";
import type { Variables } from "./environment.ts";

/** The providers that people can sign in with: those whose client id and secret are both set. */
export function providersOf(variables: Variables): ProviderSettings[] {
  const { google, github, microsoft, linkedin, twitter } = knownProviders;
  const { OPENID_NAME: name, OPENID_DISCOVERY_URL: discoveryUrl, OPENID_ORIGIN } = variables;
  const all = [
    { id: "google", ...google, clientId: variables.GOOGLE_CLIENT_ID, clientSecret: variables.GOOGLE_CLIENT_SECRET },
    { id: "github", ...github, clientId: variables.GITHUB_CLIENT_ID, clientSecret: variables.GITHUB_CLIENT_SECRET },
    {
      ...{ id: "microsoft", ...microsoft },
      clientId: variables.MICROSOFT_CLIENT_ID,
      clientSecret: variables.MICROSOFT_CLIENT_SECRET,
    },
    {
      ...{ id: "linkedin", ...linkedin },
      clientId: variables.LINKEDIN_CLIENT_ID,
      clientSecret: variables.LINKEDIN_CLIENT_SECRET,
    },
    { id: "twitter", ...twitter, clientId: variables.X_CLIENT_ID, clientSecret: variables.X_CLIENT_SECRET },
    ...(discoveryUrl === undefined
      ? []
      : [
          {
            ...{ id: OPENID, name, origin: new URL(OPENID_ORIGIN ?? discoveryUrl).origin, discoveryUrl },
            clientId: variables.OPENID_CLIENT_ID,
            clientSecret: variables.OPENID_CLIENT_SECRET,
          },
        ]),
  ];
  return all.flatMap(({ clientId, clientSecret, ...provider }) =>
    clientId && clientSecret ? [{ ...provider, clientId, clientSecret }] : [],
  );
}
