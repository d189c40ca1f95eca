import { and, eq, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { session, user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Inquiry } from "#app/operation/plan.ts";
import { SESSION_DAYS, SESSION_RENEWAL_DAYS } from "../limits.ts";
import type { Auth } from "./auth.server.ts";
import { readCookieCache, readSignedToken } from "./cookie-cache.server.ts";
import { expiredCookie, readCookie, sessionCookies } from "./own-cookies.server.ts";
import { isReplaced } from "./proofs.server.ts";
import { isAlive } from "./session-life.server.ts";

export type Identity = {
  /** Empty while the session is presumed. */
  userId: string;
  /** Replaced when the person proves who they are again within this request. */
  sessionToken: string;
  name: string;
  email: string;
  image: string | null;
  /** When the row that this identity is read from was last changed. */
  updatedAt: Date;
  chosen: Record<"locale" | "theme" | "color" | "font" | "timeZone" | "browserTimeZone", string | null>;
};

type Cookies = { requestHeaders: Headers; secret: string; appUrl: string };

type Presumed = { viewer: Identity | null; isPresumed: boolean };

export function bringsSession(requestHeaders: Headers, appUrl: string): boolean {
  return readCookie(requestHeaders, sessionCookies.token(appUrl)) !== null;
}

/** The viewer by the cookies alone. `isPresumed`: the cache has expired, so only a query can tell whose live session it is. */
async function presumeIdentity(cookies: Cookies): Promise<Presumed> {
  const { requestHeaders, appUrl } = cookies;
  if (!bringsSession(requestHeaders, appUrl)) return nobody;
  const cached = await readCookieCache(cookies);
  if (cached !== null) return { viewer: cached, isPresumed: false };
  const sessionToken = readSignedToken(cookies);
  if (sessionToken === null) return nobody;
  const chosen = {
    locale: null,
    theme: null,
    color: null,
    font: null,
    timeZone: null,
    browserTimeZone: null,
  };
  const viewer = { userId: "", sessionToken, name: "", email: "", image: null, updatedAt: new Date(0), chosen };
  return { viewer, isPresumed: true };
}

const { name, email, image, updatedAt, locale, theme, color, font, timeZone, browserTimeZone } = user;

/** The columns of a person that the cookie cache keeps. */
export const known = { name, email, image, updatedAt, locale, theme, color, font, timeZone, browserTimeZone };

/** Selects one row for any token. Its session is null if it has ended. */
function identityStatement(db: Database, token: string, now: Date) {
  return db
    .select({
      session,
      user: known,
      isReplaced: isTrue(isReplaced(token, now)),
    })
    .from(sql`(select 1) as asked`)
    .leftJoin(session, and(eq(session.token, token), isAlive(now)))
    .leftJoin(user, eq(user.id, session.userId));
}

type Found = Awaited<ReturnType<typeof identityStatement>>[number];

export type Identification = {
  viewer(): Identity | null;
  /** The session token that the browser has sent, even if it is no longer a live session's. */
  sentToken: string | null;
  isPresumed(): boolean;
  /** A query that joins the first batch, so that it costs no round trip of its own; null if everything is known. */
  inquiry: Inquiry | null;
  /** Removes the cookies of an ended session from the browser. */
  forgetEnded(): Promise<void>;
};

type IdentificationOptions = Cookies & {
  db: Database;
  responseHeaders: Headers;
  now: Date;
  auth: () => Promise<Auth>;
  after(work: (db: Database) => Promise<unknown>): void;
  /** Treats the request as signed out, whatever its cookies say. */
  isNobody: boolean;
  /** Called before the response is made, which takes its language and look from the viewer. */
  whenKnown(viewer: Identity | null): Promise<void>;
};

const nobody: Presumed = { viewer: null, isPresumed: false };

export async function createIdentification(options: IdentificationOptions): Promise<Identification> {
  const { db, requestHeaders, responseHeaders, appUrl, now, auth, after, whenKnown } = options;
  let { viewer, isPresumed } = options.isNobody ? nobody : await presumeIdentity(options);
  const sentToken = viewer?.sessionToken ?? null;
  let forgetting: Promise<void> | null = null;

  async function settle({ session: live, user: person, isReplaced }: Found) {
    isPresumed = false;
    if (live === null || person === null || viewer === null) {
      viewer = null;
      forgetting ??= Promise.resolve(isReplaced ? undefined : forgetSession(responseHeaders, appUrl));
      return whenKnown(null);
    }
    const { name, email, image, updatedAt, ...chosen } = person;
    // Change the same object, since the statements of the batch were made with it.
    Object.assign(viewer, { userId: live.userId, name, email, image, updatedAt, chosen });
    // Set only the cache: the response to a slow request must not bring back a token that another request has ended meanwhile.
    const renewed = await cookiesFor(auth, live, viewer);
    for (const cookie of renewed.filter((each) => each.startsWith(`${sessionCookies.cache(appUrl)}=`)))
      responseHeaders.append("Set-Cookie", cookie);
    if (isDue(live.expiresAt, now)) after((uncounted) => prolong(uncounted, live.token, now));
    await whenKnown(viewer);
  }

  return {
    viewer: () => viewer,
    sentToken,
    isPresumed: () => isPresumed,
    inquiry: isPresumed && viewer !== null ? inquiryOf(identityStatement(db, viewer.sessionToken, now), settle) : null,
    forgetEnded() {
      forgetting ??= forgetEndedSession({ db, requestHeaders, responseHeaders, appUrl, now });
      return forgetting;
    },
  };
}

function inquiryOf(statement: ReturnType<typeof identityStatement>, settle: (found: Found) => Promise<void>): Inquiry {
  return { statement, settle: (rows) => settle((rows as [Found])[0]) };
}

/** The `Set-Cookie` values for a browser with this session: its token and its cache. */
export async function cookiesFor(auth: () => Promise<Auth>, kept: typeof session.$inferSelect, viewer: Identity) {
  const { name, email, image, updatedAt, chosen } = viewer;
  const body = { session: kept, user: { id: kept.userId, name, email, image, updatedAt, ...chosen } };
  const { headers } = await (await auth()).api.keepSession({ body, returnHeaders: true });
  return headers.getSetCookie();
}

function isDue(expiresAt: Date, now: Date): boolean {
  return expiresAt.getTime() - now.getTime() <= (SESSION_DAYS - SESSION_RENEWAL_DAYS) * DAY_MS;
}

function prolong(db: Database, token: string, now: Date) {
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * DAY_MS);
  return db
    .update(session)
    .set({ expiresAt, updatedAt: now })
    .where(and(eq(session.token, token), isAlive(now)));
}

type Ended = { db: Database; requestHeaders: Headers; responseHeaders: Headers; appUrl: string; now: Date };

/** Does nothing if another session of this browser has replaced the ended one: a slow response would remove the new cookies. */
async function forgetEndedSession({ db, requestHeaders, responseHeaders, appUrl, now }: Ended) {
  const [token = ""] = readCookie(requestHeaders, sessionCookies.token(appUrl))?.split(".") ?? [];
  if (token === "") return;
  const [row] = await db.all<{ isReplaced: number }>(sql`select ${isReplaced(token, now)} as isReplaced`);
  if (!row?.isReplaced) forgetSession(responseHeaders, appUrl);
}

export function forgetSession(responseHeaders: Headers, appUrl: string) {
  for (const name of [sessionCookies.token(appUrl), sessionCookies.cache(appUrl)])
    responseHeaders.append("Set-Cookie", expiredCookie(name, appUrl));
}
