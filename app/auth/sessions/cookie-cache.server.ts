import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { jwtDecrypt } from "jose";
import { z } from "zod";
import type { Identity } from "./identity.server.ts";
import { changedCookie, readCookie, sessionCookies } from "./own-cookies.server.ts";

type Cookies = { requestHeaders: Headers; secret: string; appUrl: string };

const Kept = z.string().nullish().default(null);

const Cached = z.object({
  session: z.object({ token: z.string(), userId: z.string() }),
  user: z.object({
    name: z.string(),
    email: z.string(),
    image: Kept,
    locale: Kept,
    theme: Kept,
    color: Kept,
    font: Kept,
    timeZone: Kept,
    browserTimeZone: Kept,
    updatedAt: z.coerce.date().default(new Date(0)),
  }),
});

/** The identity in Better Auth's encrypted cookie; null if there is none, or it is expired, outdated or of another session. */
export async function readCookieCache({ requestHeaders, secret, appUrl }: Cookies): Promise<Identity | null> {
  const [signed, sealed] = [sessionCookies.token(appUrl), sessionCookies.cache(appUrl)].map((name) =>
    readCookie(requestHeaders, name),
  );
  if (!(signed && sealed)) return null;
  const opened = await jwtDecrypt(sealed, keyOf(secret), {
    clockTolerance: 15,
    keyManagementAlgorithms: ["dir"],
    contentEncryptionAlgorithms: ["A256CBC-HS512"],
  }).catch(() => null);
  const parsed = Cached.safeParse(opened?.payload);
  if (!parsed.success) return null;
  const { session, user } = parsed.data;
  // Both cookies must belong to the same session: otherwise a cookie left by another person would be trusted.
  if (!signed.startsWith(`${encodeURIComponent(session.token)}.`)) return null;
  // A slower response may have set an older cache again, from before a change.
  const [changer, changedAt] = changedCookie(appUrl).read(requestHeaders)?.split(".") ?? [];
  if (changer === session.userId && user.updatedAt.getTime() < Number(changedAt)) return null;
  const { name, email, image, updatedAt, ...chosen } = user;
  return { userId: session.userId, sessionToken: session.token, name, email, image, updatedAt, chosen };
}

let derived: { secret: string; key: Uint8Array } | null = null;

/** Derived once per isolate, since that costs as much as decrypting. Salt, purpose and length are Better Auth's. */
function keyOf(secret: string): Uint8Array {
  if (derived?.secret !== secret) {
    const key = hkdfSync("sha256", secret, "better-auth-session", "BetterAuth.js Generated Encryption Key", 64);
    derived = { secret, key: new Uint8Array(key) };
  }
  return derived.key;
}

/** The token from its signed cookie; null if there is none or the signature is wrong. */
export function readSignedToken({ requestHeaders, secret, appUrl }: Cookies): string | null {
  const signed = decoded(readCookie(requestHeaders, sessionCookies.token(appUrl)) ?? "");
  const end = signed.lastIndexOf(".");
  if (end < 1) return null;
  const token = signed.slice(0, end);
  const given = Buffer.from(signed.slice(end + 1), "base64");
  const right = createHmac("sha256", secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
