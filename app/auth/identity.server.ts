import { isAPIError } from "better-auth/api";
import { getCookieCache, getSessionCookie } from "better-auth/cookies";
import { and, eq, not } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#app/db/client.server.ts";
import { session } from "#app/db/schema/people.ts";
import { type Auth, COOKIE_PREFIX, isSecure, type Proof } from "./auth.server.ts";
import type { Device } from "./devices.server.ts";

/** Who the cookie says is asking. That the session still lives is for the access statement to find out. */
export type Identity = {
  userId: string;
  sessionToken: string;
  name: string;
  email: string;
  /** The id of the avatar's file. */
  image: string | null;
  /** What they chose for themselves on any device, as it is kept. */
  chosen: Record<"locale" | "theme" | "color" | "font", string | null>;
};

const Kept = z.string().nullish().default(null);

const SessionPayload = z.object({
  session: z.object({ token: z.string(), userId: z.string() }),
  user: z.object({
    name: z.string(),
    email: z.string(),
    image: Kept,
    locale: Kept,
    theme: Kept,
    color: Kept,
    font: Kept,
  }),
});

type IdentityOptions = {
  requestHeaders: Headers;
  responseHeaders: Headers;
  secret: string;
  appUrl: string;
  auth: () => Auth;
};

/** Reads the encrypted cookie without the database; when it has run out, Better Auth renews it from the session's row. */
export async function readIdentity(options: IdentityOptions): Promise<Identity | null> {
  const { requestHeaders, responseHeaders, secret, appUrl, auth } = options;
  const signedToken = getSessionCookie(requestHeaders, { cookiePrefix: COOKIE_PREFIX });
  if (signedToken === null) return null;
  const cached = await getCookieCache(requestHeaders, {
    cookiePrefix: COOKIE_PREFIX,
    secret,
    strategy: "jwe",
    isSecure: isSecure(appUrl),
  });
  const fromCookie = toIdentity(cached);
  // Both cookies must speak of the same session, or a leftover of another person would be believed.
  if (fromCookie !== null && signedToken.startsWith(`${encodeURIComponent(fromCookie.sessionToken)}.`))
    return fromCookie;
  try {
    const { headers, response } = await auth().api.getSession({ headers: requestHeaders, returnHeaders: true });
    copyCookies(headers, responseHeaders);
    return toIdentity(response);
  } catch (error) {
    // It ended while it was being renewed.
    if (isAPIError(error) && error.status === "UNAUTHORIZED") return null;
    throw error;
  }
}

function toIdentity(payload: unknown): Identity | null {
  const parsed = SessionPayload.safeParse(payload);
  if (!parsed.success) return null;
  const { session, user } = parsed.data;
  const { name, email, image, ...chosen } = user;
  return { userId: session.userId, sessionToken: session.token, name, email, image, chosen };
}

/** Opens and ends sessions of the browser that asks; the cookies go out with whatever is answered. */
export type SignIns = {
  /** For a person who has just proved who they are. */
  proven(userId: string, proof: Proof): Promise<boolean>;
  /** Has the cookie read the person anew, with the next request. */
  renew(): void;
  /** Takes the session's cookies from the browser; the row is for whoever calls. */
  forget(): void;
};

type SignInsOptions = {
  db: Database;
  auth: () => Auth;
  device: Device;
  /** Signing in writes an audit entry, and on a new device a mail. */
  sealEntries: () => void;
  sendMail: () => void;
  requestHeaders: Headers;
  responseHeaders: Headers;
  appUrl: string;
};

export function createSignIns(options: SignInsOptions): SignIns {
  const { db, auth, device, sealEntries, sendMail, requestHeaders: headers, responseHeaders, appUrl } = options;
  return {
    async proven(userId, { holds, ...proof }) {
      const answered = await auth().api.signInProven({ body: { userId, ...proof }, headers, returnHeaders: true });
      const { token } = answered.response;
      if (token === null) return false;
      sealEntries();
      const outdated = await db
        .delete(session)
        .where(and(eq(session.token, token), not(holds)))
        .returning({ id: session.id });
      if (outdated.length > 0) return false;
      copyCookies(answered.headers, responseHeaders);
      responseHeaders.append("Set-Cookie", device.cookie);
      sendMail();
      return true;
    },
    renew: () => responseHeaders.append("Set-Cookie", emptied("session_data", appUrl)),
    forget() {
      forgetSession(responseHeaders, appUrl);
      // Images are cached privately for long; whoever uses this browser next must not find them.
      responseHeaders.append("Clear-Site-Data", '"cache"');
    },
  };
}

function copyCookies(from: Headers, to: Headers) {
  for (const cookie of from.getSetCookie()) to.append("Set-Cookie", cookie);
}

/** Tells the browser to drop its session cookies, without a trip to the database. */
export function forgetSession(responseHeaders: Headers, appUrl: string) {
  for (const name of ["session_token", "session_data"]) responseHeaders.append("Set-Cookie", emptied(name, appUrl));
}

function emptied(name: string, appUrl: string): string {
  const secure = isSecure(appUrl);
  const cookie = `${secure ? "__Secure-" : ""}${COOKIE_PREFIX}.${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
  return secure ? `${cookie}; Secure` : cookie;
}
