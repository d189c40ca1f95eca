import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { Outage } from "#app/outside/outage.ts";

const KEYS: Record<string, string> = {
  google: "https://www.googleapis.com/oauth2/v3/certs",
  microsoft: "https://login.microsoftonline.com/common/discovery/v2.0/keys",
};

const REQUIRED = ["iss", "sub", "aud", "exp", "iat"];

/** How far the provider's clock and ours can differ. */
const SKEW_SECONDS = 30;

const kept = new Map<string, JWTVerifyGetKey>();

export function keysOf(provider: string): JWTVerifyGetKey | null {
  const url = KEYS[provider];
  if (url === undefined) return null;
  const keys = kept.get(url) ?? createRemoteJWKSet(new URL(url));
  kept.set(url, keys);
  return keys;
}

type Expected = {
  keys: JWTVerifyGetKey;
  clientId: string;
  nonce: string;
  issuer?: string | string[] | undefined;
  algorithms?: string[] | undefined;
  maxTokenAge?: string | number | undefined;
  verifyClaims?: ((claims: JWTPayload) => boolean) | undefined;
};

/** Checks an ID token (OpenID Connect Core 1.0, 3.1.3.7). Null if it is not by this provider for this site and this browser. */
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
    throw new Outage("provider", "does not publish its keys", { cause: error });
  }
}

export function isProvenSince(claims: JWTPayload, since: number): boolean {
  return typeof claims.auth_time === "number" && claims.auth_time + SKEW_SECONDS >= since / 1000;
}

function isRefusal(error: unknown): boolean {
  const code = error instanceof errors.JOSEError ? error.code : null;
  return code !== null && ![errors.JOSEError.code, errors.JWKSTimeout.code, errors.JWKSInvalid.code].includes(code);
}
