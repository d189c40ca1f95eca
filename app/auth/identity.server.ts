import { getCookieCache, getSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { type Auth, COOKIE_PREFIX, isSecure } from "./auth.server.ts";

/** Who the cookie says is asking. That the session still lives is for the access statement to find out. */
export type Identity = { userId: string; sessionToken: string; name: string; email: string; image: string | null };

const SessionPayload = z.object({
  session: z.object({ token: z.string(), userId: z.string() }),
  user: z.object({ name: z.string(), email: z.string(), image: z.string().nullish() }),
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
  const { headers, response } = await auth().api.getSession({ headers: requestHeaders, returnHeaders: true });
  copyCookies(headers, responseHeaders);
  return toIdentity(response);
}

function toIdentity(payload: unknown): Identity | null {
  const parsed = SessionPayload.safeParse(payload);
  if (!parsed.success) return null;
  const { session, user } = parsed.data;
  return {
    userId: session.userId,
    sessionToken: session.token,
    name: user.name,
    email: user.email,
    image: user.image ?? null,
  };
}

/** Opens and ends sessions of the browser that asks; the cookies go out with whatever is answered. */
export type SignIns = {
  /** For a person whose address or password was just proved. */
  proven(userId: string): Promise<boolean>;
  /** Takes the session's cookies from the browser; the row is for whoever calls. */
  forget(): void;
};

type SignInsOptions = { auth: () => Auth; requestHeaders: Headers; responseHeaders: Headers; appUrl: string };

export function createSignIns({ auth, requestHeaders: headers, responseHeaders, appUrl }: SignInsOptions): SignIns {
  return {
    async proven(userId) {
      const answered = await auth().api.signInProven({ body: { userId }, headers, returnHeaders: true });
      copyCookies(answered.headers, responseHeaders);
      return answered.response.signedIn;
    },
    forget: () => forgetSession(responseHeaders, appUrl),
  };
}

function copyCookies(from: Headers, to: Headers) {
  for (const cookie of from.getSetCookie()) to.append("Set-Cookie", cookie);
}

/** Tells the browser to drop its session cookies, without a trip to the database. */
export function forgetSession(responseHeaders: Headers, appUrl: string) {
  const secure = isSecure(appUrl);
  for (const name of ["session_token", "session_data"]) {
    const cookie = `${secure ? "__Secure-" : ""}${COOKIE_PREFIX}.${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;
    responseHeaders.append("Set-Cookie", secure ? `${cookie}; Secure` : cookie);
  }
}
