import { symmetricDecodeJWT, symmetricEncodeJWT } from "better-auth/crypto";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { z } from "zod";
import { newToken } from "#app/request/tokens.server.ts";
import { normalAddress } from "#app/text/address.ts";
import { HANDSHAKE_MINUTES } from "./limits.ts";
import { ownCookie } from "./own-cookies.server.ts";
import type { Return, Way } from "./provider-schemas.ts";
import { OPENID, type Provider } from "./providers.ts";

/** A provider with what the Worker needs to speak to it. `discoveryUrl`: of the one by OpenID Connect. */
export type ProviderSettings = Provider & { clientId: string; clientSecret: string; discoveryUrl?: string };

/** An account elsewhere, as its provider vouches for it. `email` is null unless the provider says that it is verified, and mail reaches it. */
export type Vouched = { provider: string; accountId: string; email: string | null; name: string };

/** The browser's way to a provider and back (RFC 6749, 4.1, with PKCE): what comes back must be what was asked for here. */
export type Handshakes = {
  /** The address where the provider asks the person; null when the provider cannot be reached. */
  begin(provider: string, way: Way): Promise<string | null>;
  /** Whom the provider vouches for; null when it does not, or not for what this browser asked. Works once. */
  finish(returned: Return): Promise<Vouched | null>;
};

type HandshakesOptions = {
  settings: readonly ProviderSettings[];
  requestHeaders: Headers;
  responseHeaders: Headers;
  secret: string;
  appUrl: string;
};

const Kept = z.object({ provider: z.string(), state: z.string(), codeVerifier: z.string(), nonce: z.string() });

export function createHandshakes(options: HandshakesOptions): Handshakes {
  const { requestHeaders, responseHeaders, secret, appUrl } = options;
  const cookie = ownCookie("handshake", { appUrl, value: /^[\w.-]+$/ });
  const redirectUri = (provider: string) => `${appUrl}/login/${provider}/callback`;

  return {
    async begin(id, way) {
      const provider = await loadProvider(options, id);
      if (provider === null) return null;
      const kept = { provider: id, state: stateOf(way), codeVerifier: newToken(), nonce: newToken() };
      const url = await provider.createAuthorizationURL({
        state: kept.state,
        codeVerifier: kept.codeVerifier,
        redirectURI: redirectUri(id),
        ...(provider.requiresIdTokenNonce && { idTokenNonce: kept.nonce }),
      });
      const seconds = HANDSHAKE_MINUTES * 60;
      const encrypted = await symmetricEncodeJWT(kept, secret, PURPOSE, seconds);
      responseHeaders.append("Set-Cookie", cookie.kept(encrypted, seconds));
      return url.toString();
    },

    async finish({ provider: id, state, code, iss }) {
      const kept = Kept.safeParse(await symmetricDecodeJWT(cookie.read(requestHeaders) ?? "", secret, PURPOSE));
      responseHeaders.append("Set-Cookie", cookie.kept("", 0));
      if (!kept.success || kept.data.state !== state.text || kept.data.provider !== id) return null;
      const provider = await loadProvider(options, id);
      if (provider === null || (iss !== undefined && provider.issuer !== undefined && iss !== provider.issuer))
        return null;
      const { codeVerifier, nonce } = kept.data;
      try {
        const tokens = await provider.validateAuthorizationCode({ code, codeVerifier, redirectURI: redirectUri(id) });
        const found = tokens && (await provider.getUserInfo({ ...tokens, expectedIdTokenNonce: nonce }));
        if (!tokens || !found) return null;
        const accountId = String(await provider.accountSubject({ tokens, profile: found.data }));
        if (accountId.trim() === "") return null;
        const { email, emailVerified, name } = found.user;
        return { provider: id, accountId, email: emailVerified ? normalAddress(email ?? "") : null, name: name ?? "" };
      } catch {
        // A code that was used, an outage, an answer nobody understands: the person can only try again.
        return null;
      }
    },
  };
}

const PURPOSE = "handshake";

/** The `state` of RFC 6749: readable, so that the page which the provider sends somebody back to knows what to do. */
function stateOf(way: Way): string {
  return `${Buffer.from(JSON.stringify(way)).toString("base64url")}.${newToken()}`;
}

/** Better Auth's side of one provider. Null: it is not configured, or does not tell where it is. */
async function loadProvider({ settings, secret, appUrl }: HandshakesOptions, id: string) {
  const found = settings.find((each) => each.id === id);
  if (found === undefined) return null;
  const { clientId, clientSecret, discoveryUrl } = found;
  const auth = betterAuth({
    baseURL: appUrl,
    secret,
    logger: { disabled: true },
    telemetry: { enabled: false },
    ...(discoveryUrl === undefined
      ? { socialProviders: { [id]: { clientId, clientSecret } } }
      : {
          plugins: [
            genericOAuth({
              config: [
                { providerId: OPENID, discoveryUrl, clientId, clientSecret, scopes: ["openid", "email", "profile"] },
              ],
            }),
          ],
        }),
  });
  const { socialProviders } = await auth.$context;
  return socialProviders.find((provider) => provider.id === id) ?? null;
}
