import { symmetricDecodeJWT, symmetricEncodeJWT } from "better-auth/crypto";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { z } from "zod";
import { answeredWithin, Outage, outageOf } from "#app/outside/outage.ts";
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
  /** Whom the provider vouches for; "failed" when it does not, or not for what this browser asked. Works once. */
  finish(returned: Return): Promise<Vouched | "failed" | "unreachable">;
};

type HandshakesOptions = {
  settings: readonly ProviderSettings[];
  requestHeaders: Headers;
  responseHeaders: Headers;
  secret: string;
  appUrl: string;
  /** For each question to a provider. */
  answerWithinMs: number;
  /** Told why a provider cannot be reached. */
  report: (error: unknown) => void;
};

const Kept = z.object({ provider: z.string(), state: z.string(), codeVerifier: z.string(), nonce: z.string() });

export function createHandshakes(options: HandshakesOptions): Handshakes {
  const { requestHeaders, responseHeaders, secret, appUrl, report } = options;
  const asked = <T>(work: () => Promise<T>) => answeredWithin("provider", options.answerWithinMs, work);
  const cookie = ownCookie("handshake", { appUrl, value: /^[\w.-]+$/ });
  const unreached = (error: unknown) => {
    report(outageOf(error) ?? new Outage("provider", "cannot be reached", { cause: error }));
    return null;
  };
  const redirectUri = (provider: string) => `${appUrl}/login/${provider}/callback`;

  return {
    async begin(id, way) {
      const provider = await asked(() => loadProvider(options, id)).catch(unreached);
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
      if (!kept.success || kept.data.state !== state.text || kept.data.provider !== id) return "failed";
      const provider = await asked(() => loadProvider(options, id)).catch(unreached);
      if (provider === null) return "unreachable";
      if (iss !== undefined && provider.issuer !== undefined && iss !== provider.issuer) return "failed";
      const { codeVerifier, nonce } = kept.data;
      try {
        const proof = { code, codeVerifier, redirectURI: redirectUri(id) };
        const tokens = await asked(async () => provider.validateAuthorizationCode(proof));
        const found =
          tokens && (await asked(async () => provider.getUserInfo({ ...tokens, expectedIdTokenNonce: nonce })));
        if (!tokens || !found) return "failed";
        const accountId = String(await provider.accountSubject({ tokens, profile: found.data }));
        if (accountId.trim() === "") return "failed";
        const { email, emailVerified, name } = found.user;
        return { provider: id, accountId, email: emailVerified ? normalAddress(email ?? "") : null, name: name ?? "" };
      } catch (error) {
        // A code that was used, an answer nobody understands: the person can only try again.
        if (!isOutage(error)) return "failed";
        unreached(error);
        return "unreachable";
      }
    },
  };
}

/** Nobody answered, or somebody who cannot. What a provider answers instead comes as an object of its own, with its status. */
function isOutage(error: unknown): boolean {
  if (outageOf(error) !== null || Object(error).status >= 500) return true;
  return error instanceof Error && /^(Network connection lost|fetch failed|internal error)/.test(error.message);
}

const PURPOSE = "handshake";

/** The `state` of RFC 6749: readable, so that the page which the provider sends somebody back to knows what to do. */
function stateOf(way: Way): string {
  return `${Buffer.from(JSON.stringify(way)).toString("base64url")}.${newToken()}`;
}

/** Better Auth's side of one provider. Null: it is not configured. Rejects when it does not tell where it is. */
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
  const provider = socialProviders.find((each) => each.id === id);
  if (provider === undefined) throw new Outage("provider", "does not tell where it asks people");
  return provider;
}
