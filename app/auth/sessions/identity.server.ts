import { isAPIError } from "better-auth/api";
import { getCookieCache } from "better-auth/cookies";
import { and, eq, not, sql } from "drizzle-orm";
import { z } from "zod";
import { audit } from "#app/change/entries.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { session } from "#app/db/schema/people.ts";
import { COOKIE_CACHE_MINUTES } from "../limits.ts";
import { type Auth, COOKIE_PREFIX, cookieName, isSecure, type Proof, sessionCookies } from "./auth.server.ts";
import type { Device } from "./devices.server.ts";
import { cookieText, ownCookie, readCookie } from "./own-cookies.server.ts";
import { isReplaced, replacedBy } from "./proofs.server.ts";

export type Identity = {
  userId: string;
  /** Another one once the person has proved themselves anew in this very request. */
  sessionToken: string;
  name: string;
  email: string;
  image: string | null;
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
    updatedAt: z.coerce.date().optional(),
  }),
});

type IdentityOptions = {
  requestHeaders: Headers;
  responseHeaders: Headers;
  secret: string;
  appUrl: string;
  auth: () => Auth;
  forgetEnded: () => Promise<void>;
};

/** Of whom, and when, this browser last changed the row that the cache is made from. */
const changedCookie = (appUrl: string) => ownCookie("changed", { appUrl, value: /^[\w-]+\.\d+$/ });

/** The answer to a slower request may bring back a cache from before the change. */
function isOutdated(payload: unknown, changed: string | null): boolean {
  const [userId, at] = changed?.split(".") ?? [];
  const { data } = SessionPayload.safeParse(payload);
  return data !== undefined && data.session.userId === userId && (data.user.updatedAt?.getTime() ?? 0) < Number(at);
}

export function bringsSession(requestHeaders: Headers, appUrl: string): boolean {
  return readCookie(requestHeaders, sessionCookies.token(appUrl)) !== null;
}

/** Reads the encrypted cookie without the database; when it has run out, Better Auth renews it from the session's row. */
export async function readIdentity(options: IdentityOptions): Promise<Identity | null> {
  const { requestHeaders, responseHeaders, secret, appUrl, auth, forgetEnded } = options;
  const signedToken = readCookie(requestHeaders, sessionCookies.token(appUrl));
  if (signedToken === null) return null;
  const cached = await getCookieCache(requestHeaders, {
    cookiePrefix: cookieName(COOKIE_PREFIX, isSecure(appUrl)),
    secret,
    strategy: "jwe",
    isSecure: false,
  });
  const fromCookie = isOutdated(cached, changedCookie(appUrl).read(requestHeaders)) ? null : toIdentity(cached);
  // Both cookies must speak of the same session, or a leftover of another person would be believed.
  if (fromCookie !== null && signedToken.startsWith(`${encodeURIComponent(fromCookie.sessionToken)}.`))
    return fromCookie;
  try {
    const query = { disableCookieCache: true };
    const { headers, response } = await auth().api.getSession({ headers: requestHeaders, query, returnHeaders: true });
    // The cache alone: the answer to a slow request must not bring back a token that another request has ended meanwhile.
    const renewed = headers.getSetCookie().filter((each) => each.startsWith(`${sessionCookies.cache(appUrl)}=`));
    for (const cookie of renewed) responseHeaders.append("Set-Cookie", cookie);
    const found = toIdentity(response);
    if (found === null) await forgetEnded();
    return found;
  } catch (error) {
    if (isAPIError(error) && error.status === "UNAUTHORIZED") return null;
    throw error;
  }
}

type Ended = { db: Database; requestHeaders: Headers; responseHeaders: Headers; appUrl: string; now: Date };

/** Not when a session of this browser has taken its place: a slower request would take the new cookies away. */
export async function forgetEndedSession({ db, requestHeaders, responseHeaders, appUrl, now }: Ended) {
  const [token = ""] = readCookie(requestHeaders, sessionCookies.token(appUrl))?.split(".") ?? [];
  if (token === "") return;
  const [row] = await db.all<{ isReplaced: number }>(sql`select ${isReplaced(token, now)} as isReplaced`);
  if (!row?.isReplaced) forgetSession(responseHeaders, appUrl);
}

function toIdentity(payload: unknown): Identity | null {
  const parsed = SessionPayload.safeParse(payload);
  if (!parsed.success) return null;
  const { session, user } = parsed.data;
  const { name, email, image, updatedAt: _, ...chosen } = user;
  return { userId: session.userId, sessionToken: session.token, name, email, image, chosen };
}

export type SignIns = {
  /** Opens a session for who has proved who they are; false: the proof no longer holds when it is written. */
  open(userId: string, proof: Proof): Promise<boolean>;
  keep(renewed: typeof session.$inferSelect, viewer: Identity): Promise<void>;
  /** The person's row has changed: what this browser keeps of it from before is no longer believed. */
  renew(userId: string): void;
  forget(): void;
};

type SignInsOptions = {
  db: Database;
  now: Date;
  newId: () => string;
  ipAddress: string;
  auth: () => Auth;
  identify: () => Promise<Identity | null>;
  device: Device;
  sealEntries: () => void;
  sendMail: () => void;
  requestHeaders: Headers;
  responseHeaders: Headers;
  appUrl: string;
};

export function createSignIns(options: SignInsOptions): SignIns {
  const {
    db,
    now,
    auth,
    identify,
    device,
    sealEntries,
    sendMail,
    requestHeaders: headers,
    responseHeaders,
    appUrl,
  } = options;
  return {
    async open(userId, { holds, ...proof }) {
      const before = await identify();
      const answered = await auth().api.signInProven({ body: { userId, ...proof }, headers, returnHeaders: true });
      const { token } = answered.response;
      if (token === null) return false;
      sealEntries();
      const [outdated] = await db.batch([
        db
          .delete(session)
          .where(and(eq(session.token, token), not(holds)))
          .returning({ id: session.id }),
        ...(before === null ? [] : handedOver(options, before, token)),
      ]);
      if (outdated.length > 0) return false;
      copyCookies(answered.headers, responseHeaders);
      responseHeaders.append("Set-Cookie", device.cookie);
      sendMail();
      return true;
    },
    async keep(renewed, { name, email, image, chosen }) {
      const body = { session: renewed, user: { id: renewed.userId, name, email, image, ...chosen } };
      const { headers: cookies } = await auth().api.keepSession({ body, returnHeaders: true });
      copyCookies(cookies, responseHeaders);
    },
    renew(userId) {
      const text = changedCookie(appUrl).textOf(`${userId}.${now.getTime()}`, COOKIE_CACHE_MINUTES * 60 + 60);
      responseHeaders.append("Set-Cookie", expiredCookie(sessionCookies.cache(appUrl), appUrl));
      responseHeaders.append("Set-Cookie", text);
    },
    forget() {
      forgetSession(responseHeaders, appUrl);
      // Images are cached privately for long; the next person in this browser must not find them.
      responseHeaders.append("Clear-Site-Data", '"cache"');
    },
  };
}

function handedOver({ db, now, newId, ipAddress }: SignInsOptions, before: Identity, token: string) {
  const stands = sql`exists (select 1 from session as opened where opened.token = ${token})`;
  const { entry, isWritten } = audit(
    { db, actor: { kind: "person", id: before.userId }, via: null, ipAddress, now, newId },
    {
      action: "session.ended",
      organizationId: null,
      from: sql`from ${session} where ${session.token} = ${before.sessionToken} and ${stands}`,
    },
  );
  return [
    entry,
    db
      .update(session)
      .set({ replaces: replacedBy(before.sessionToken) })
      .where(eq(session.token, token)),
    db.delete(session).where(and(eq(session.token, before.sessionToken), isWritten)),
  ] as const;
}

function copyCookies(from: Headers, to: Headers) {
  for (const cookie of from.getSetCookie()) to.append("Set-Cookie", cookie);
}

function forgetSession(responseHeaders: Headers, appUrl: string) {
  for (const name of [sessionCookies.token(appUrl), sessionCookies.cache(appUrl)])
    responseHeaders.append("Set-Cookie", expiredCookie(name, appUrl));
}

function expiredCookie(name: string, appUrl: string): string {
  return cookieText(name, "", { appUrl, seconds: 0 });
}
