import { symmetricDecodeJWT, symmetricEncodeJWT } from "better-auth/crypto";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import type { JWTPayload } from "jose";
import { z } from "zod";
import { answeredWithin, Outage, outageOf } from "#app/outside/outage.ts";
import { exactAddress } from "#app/text/address.ts";
import { newToken } from "#app/tokens.server.ts";
import { HANDSHAKE_MINUTES } from "../limits.ts";
import { ownCookie } from "../sessions/own-cookies.server.ts";
import { isProvenSince, keysOf, verifyIdToken } from "./id-tokens.server.ts";
import { OPENID, type Provider } from "./providers.ts";
import type { Return, Way } from "./schemas.ts";

export type ProviderSettings = Provider & { clientId: string; clientSecret: string; discoveryUrl?: string };

export type Vouched = { provider: string; accountId: string; email: string | null; name: string };

/** Sends the browser to a provider and back (RFC 6749, 4.1, with PKCE). The return must match a request of this browser. */
export type Handshakes = {
  begin(provider: string, way: Way, person: string | null): Promise<string | null>;
  /** Works once. "failed" if the return does not match or the provider vouches for nobody. To confirm requires a new sign-in. */
  finish(returned: Return, expected: Expected): Promise<Vouched | "failed" | "unreachable">;
};

/** A person who signs in is nobody yet, no matter who was signed in before. */
type Expected = { purpose: "sign-in" } | { purpose: "link" | "confirm"; person: string };

type HandshakesOptions = {
  settings: readonly ProviderSettings[];
  requestHeaders: Headers;
  responseHeaders: Headers;
  secret: string;
  appUrl: string;
  now: Date;
  answerWithinMs: number;
  report: (error: unknown) => void;
};

const Kept = z.object({
  provider: z.string(),
  state: z.string(),
  codeVerifier: z.string(),
  nonce: z.string(),
  person: z.string().nullable(),
  begunAt: z.number(),
});

/** At most 255 characters (OpenID Connect Core 1.0, 2). GitHub's are numbers. */
const Subject = z.union([z.string().max(255).regex(/\S/), z.number()]).transform(String);
const Claims = z.object({ email_verified: z.unknown() });
const Profile = z.object({ email: z.string().catch(""), emailVerified: z.unknown(), name: z.string().catch("") });

/** Parameters for a new sign-in (OpenID Connect Core 1.0, 3.1.2.1). Google only asks for the account again; others have none. */
const ASKED_ANEW: Record<string, Record<string, string>> = {
  [OPENID]: { prompt: "login", max_age: "0" },
  microsoft: { prompt: "login", max_age: "0" },
  google: { prompt: "select_account", max_age: "0" },
};

export function createHandshakes(options: HandshakesOptions): Handshakes {
  const { requestHeaders, responseHeaders, secret, appUrl, now, report } = options;
  const ask = <T>(work: () => Promise<T>) => answeredWithin("provider", options.answerWithinMs, work);
  const cookie = ownCookie("handshake", { appUrl, value: /^[\w.-]+$/ });
  const reportUnreachable = (error: unknown) => {
    report(outageOf(error) ?? new Outage("provider", "cannot be reached", { cause: error }));
    return null;
  };
  const redirectUri = (provider: string) => `${appUrl}/login/${provider}/callback`;

  return {
    async begin(id, way, person) {
      const provider = await ask(() => loadProvider(options, id)).catch(reportUnreachable);
      if (provider === null) return null;
      const kept = {
        ...{ provider: id, state: stateOf(way), codeVerifier: newToken(), nonce: newToken() },
        ...{ person, begunAt: now.getTime() },
      };
      const url = await provider.createAuthorizationURL({
        state: kept.state,
        codeVerifier: kept.codeVerifier,
        redirectURI: redirectUri(id),
        ...(way.purpose === "confirm" && { additionalParams: ASKED_ANEW[id] ?? {} }),
      });
      if (provider.idToken) url.searchParams.set("nonce", kept.nonce);
      const seconds = HANDSHAKE_MINUTES * 60;
      const encrypted = await symmetricEncodeJWT(kept, secret, PURPOSE, seconds);
      responseHeaders.append("Set-Cookie", cookie.textOf(encrypted, seconds));
      return url.toString();
    },

    async finish({ provider: id, state, code, iss }, expected) {
      const kept = Kept.safeParse(await symmetricDecodeJWT(cookie.read(requestHeaders) ?? "", secret, PURPOSE));
      responseHeaders.append("Set-Cookie", cookie.textOf("", 0));
      if (!kept.success || kept.data.state !== state.text || kept.data.provider !== id) return "failed";
      // The way is part of the state, which is this browser's own by now.
      if (state.purpose !== expected.purpose) return "failed";
      if (expected.purpose !== "sign-in" && kept.data.person !== expected.person) return "failed";
      const provider = await ask(() => loadProvider(options, id)).catch(reportUnreachable);
      if (provider === null) return "unreachable";
      if (iss !== undefined && provider.issuer !== undefined && iss !== provider.issuer) return "failed";
      const { codeVerifier, nonce, begunAt } = kept.data;
      try {
        const proof = { code, codeVerifier, redirectURI: redirectUri(id) };
        const tokens = await ask(async () => provider.validateAuthorizationCode(proof));
        if (!tokens) return "failed";
        const claims = await ask(() => claimsOf(provider, { ...tokens, nonce }, options));
        if (claims === null || (state.purpose === "confirm" && !isAnewThere(id, claims, begunAt))) return "failed";
        const found = await ask(async () => provider.getUserInfo({ ...tokens, expectedIdTokenNonce: nonce }));
        if (!found) return "failed";
        const subject = Subject.safeParse(await provider.accountSubject({ tokens, profile: found.data }));
        if (!subject.success) return "failed";
        const { email, name, emailVerified } = Profile.parse(found.user);
        // A claim named `emailVerified`, which no specification knows, would replace this one in the adapter.
        const verified = id === OPENID ? Claims.parse(found.data).email_verified : emailVerified;
        return { provider: id, accountId: subject.data, email: isYes(verified) ? exactAddress(email) : null, name };
      } catch (error) {
        // Such as a used code or a malformed response: the person can only try again.
        if (!isOutage(error)) return "failed";
        reportUnreachable(error);
        return "unreachable";
      }
    },
  };
}

type Adapter = Awaited<ReturnType<typeof loadProvider>> & object;

async function claimsOf(
  { id, idToken: config }: Adapter,
  { idToken, nonce }: { idToken?: string | undefined; nonce: string },
  { settings }: HandshakesOptions,
): Promise<JWTPayload | null> {
  // Without an ID token, the identity comes from the provider's user info, which is requested next.
  if (config === undefined || idToken === undefined) return {};
  const clientId = settings.find((each) => each.id === id)?.clientId;
  if (clientId === undefined || !("jwks" in config)) return null;
  const keys = keysOf(id) ?? config.jwks;
  return verifyIdToken(idToken, { ...config, keys, clientId, nonce });
}

/** An OpenID Connect provider must return `auth_time` when it is asked for `max_age`; others can leave it out. */
function isAnewThere(provider: string, claims: JWTPayload, begunAt: number): boolean {
  return claims.auth_time === undefined ? provider !== OPENID : isProvenSince(claims, begunAt);
}

/** Whether the provider did not respond or failed. Its error responses are thrown as objects with their `status`. */
function isOutage(error: unknown): boolean {
  if (outageOf(error) !== null || Object(error).status >= 500) return true;
  return error instanceof Error && /^(Network connection lost|fetch failed|internal error)/.test(error.message);
}

/** Some providers write booleans as text. */
function isYes(said: unknown): boolean {
  return said === true || said === "true";
}

const PURPOSE = "handshake";

function stateOf(way: Way): string {
  return `${Buffer.from(JSON.stringify(way)).toString("base64url")}.${newToken()}`;
}

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
      ? { socialProviders: { [id]: { clientId, clientSecret, disableProfilePhoto: true } } }
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
  if (provider === undefined) throw new Outage("provider", "does not publish the address of its sign-in page");
  if (discoveryUrl !== undefined && provider.issuer !== undefined && !isIssuerAt(discoveryUrl, provider.issuer)) {
    throw new Outage("provider", "names a different issuer than the one at its address");
  }
  return provider;
}

/** The address must be the issuer's own, so that no document can name another issuer (OpenID Connect Discovery, 4.3). */
function isIssuerAt(discoveryUrl: string, issuer: string): boolean {
  return new URL(discoveryUrl).href === `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}
