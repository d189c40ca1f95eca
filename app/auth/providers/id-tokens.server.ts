import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { Outage } from "#app/outside/outage.ts";

/** Where those show their keys whose adapter in Better Auth reads an ID token as it comes. */
const KEYS: Record<string, string> = {
  google: "https://www.googleapis.com/oauth2/v3/certs",
  microsoft: "https://login.microsoftonline.com/common/discovery/v2.0/keys",
};

const REQUIRED = ["iss", "sub", "aud", "exp", "iat"];

/** Between the provider's clock and ours. */
const SKEW_SECONDS = 30;

/** By address, for as long as the isolate lives: ten minutes each, and anew for a key that is not among them. */
const kept = new Map<string, JWTVerifyGetKey>();

/** The keys that a provider signs with; null: those that it names itself are taken. */
export function keysOf(provider: string): JWTVerifyGetKey | null {
  const url = KEYS[provider];
  if (url === undefined) return null;
  const keys = kept.get(url) ?? createRemoteJWKSet(new URL(url));
  kept.set(url, keys);
  return keys;
}

/** What an ID token must say, as Better Auth's adapter of its provider knows it. */
type Expected = {
  keys: JWTVerifyGetKey;
  clientId: string;
  nonce: string;
  issuer?: string | string[] | undefined;
  algorithms?: string[] | undefined;
  maxTokenAge?: string | number | undefined;
  /** Such as an issuer that differs from tenant to tenant. */
  verifyClaims?: ((claims: JWTPayload) => boolean) | undefined;
};

/** Checks an ID token (OpenID Connect Core 1.0, 3.1.3.7). Null: it is not one of this provider, for this site and this browser. */
export async function verifyIdToken(token: string, expected: Expected): Promise<JWTPayload | null> {
  const { keys, clientId, nonce, issuer, algorithms, maxTokenAge, verifyClaims } = expected;
  try {
    const { payload } = await jwtVerify(token, keys, {
      audience: clientId,
      requiredClaims: REQUIRED,
      clockTolerance: SKEW_SECONDS,
      ...(issuer !== undefined && { issuer }),
      ...(algorithms !== undefined && { algorithms }),
      ...(maxTokenAge !== undefined && { maxTokenAge }),
    });
    const isForUs = payload.azp === undefined ? [payload.aud].flat().length === 1 : payload.azp === clientId;
    return isForUs && payload.nonce === nonce && (verifyClaims?.(payload) ?? true) ? payload : null;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw new Outage("provider", "does not show its keys", { cause: error });
  }
}

/** Whether somebody proved themselves to the provider since then, in milliseconds, by the claim that tells when. */
export function isProvenSince(claims: JWTPayload, since: number): boolean {
  return typeof claims.auth_time === "number" && claims.auth_time + SKEW_SECONDS >= since / 1000;
}

/** The token is wrong, other than when its keys cannot be had. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof errors.JOSEError ? error.code : null;
  return code !== null && ![errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code].includes(code);
}
