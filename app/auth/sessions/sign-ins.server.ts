import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { audit } from "#app/change/entries.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { session, user } from "#app/db/schema/people.ts";
import { DAY_MS, DAY_SECONDS } from "#app/durations.server.ts";
import { runNamed, type Statement } from "#app/operation/plan.ts";
import { newToken } from "#app/tokens.server.ts";
import { isRemembered, rememberedCookie, rememberedHash } from "../factors/remembered-cookie.server.ts";
import { COOKIE_CACHE_MINUTES, REMEMBERED_DEVICE_DAYS, SESSION_DAYS } from "../limits.ts";
import type { Auth } from "./auth.server.ts";
import type { Device } from "./devices.server.ts";
import { cookiesFor, forgetSession, type Identity, known } from "./identity.server.ts";
import { lastMethodText } from "./last-method.server.ts";
import { changedCookie, expiredCookie, sessionCookies } from "./own-cookies.server.ts";
import type { RoughPlace } from "./place.server.ts";
import { replacedBy } from "./proofs.server.ts";

export type Proof = {
  method: string;
  factors: 1 | 2;
  /** SQL that is true while the proof still counts: a password, say, can change before the session is written. */
  holds: SQL;
};

type Person = string | SQL<string>;

export type SignIns = {
  /** Opens a session for a person who has proved who they are; false if the proof no longer holds when it is written. */
  open(person: Person, proof: Proof, alongside?: (isOpen: SQL) => Statement): Promise<boolean>;
  /** The same as part of a larger change: returns the statements, and `keep`, to be called with their rows. */
  opening(person: Person, proof: Proof): Opening;
  keep(renewed: typeof session.$inferSelect, viewer: Identity): Promise<void>;
  /** Makes this browser's cookie cache invalid after the person's row has changed. */
  renew(userId: string): void;
  forget(): void;
  sentToken: string | null;
  /** SQL that is true if this browser needs no second factor from this person. */
  isRemembered(person: Person | SQLWrapper): SQL;
  /** A new token to remember this browser by; `keep` sets its cookie. */
  newRemembered(): { hash: string; keep(): void };
};

type SignInsOptions = {
  db: Database;
  now: Date;
  newId: () => string;
  ipAddress: string;
  place: RoughPlace;
  userAgent: string | null;
  requestId: string;
  auth: () => Promise<Auth>;
  sentToken: string | null;
  /** The viewer by the cookies alone, whose session ends with the sign-in. */
  before: () => Identity | null;
  device: Device;
  browserTimeZone: string | null;
  sealEntries: () => void;
  sendMail: () => void;
  requestHeaders: Headers;
  responseHeaders: Headers;
  appUrl: string;
};

export function createSignIns(options: SignInsOptions): SignIns {
  const { db, now, auth, sentToken, sealEntries, responseHeaders, appUrl } = options;
  const opening = (person: Person, proof: Proof) => openingOf(options, person, proof);
  return {
    opening,
    sentToken,
    async open(person, proof, alongside) {
      const { statements, isOpen, keep } = opening(person, proof);
      const more: Record<string, Statement> = alongside === undefined ? {} : { alongside: alongside(isOpen) };
      const run = (all: readonly Statement[]) => db.batch(all as [Statement, ...Statement[]]);
      const isIn = await keep(await runNamed(run, { ...statements, ...more }));
      if (isIn) sealEntries();
      return isIn;
    },
    async keep(renewed, viewer) {
      for (const cookie of await cookiesFor(auth, renewed, viewer)) responseHeaders.append("Set-Cookie", cookie);
    },
    renew(userId) {
      const text = changedCookie(appUrl).textOf(`${userId}.${now.getTime()}`, COOKIE_CACHE_MINUTES * 60 + 60);
      responseHeaders.append("Set-Cookie", expiredCookie(sessionCookies.cache(appUrl), appUrl));
      responseHeaders.append("Set-Cookie", text);
    },
    isRemembered: (person) => isRemembered(options, person),
    newRemembered() {
      const token = newToken();
      const cookie = rememberedCookie(appUrl).textOf(token, REMEMBERED_DEVICE_DAYS * DAY_SECONDS);
      return { hash: rememberedHash(token), keep: () => responseHeaders.append("Set-Cookie", cookie) };
    },
    forget() {
      forgetSession(responseHeaders, appUrl);
      // Images are cached privately for a long time, and the next person in this browser must not find them.
      responseHeaders.append("Clear-Site-Data", '"cache"');
    },
  };
}

type Opening = ReturnType<typeof openingOf>;

/** Also ends the browser's former session, even if it is another person's, and writes that to its owner's log. */
function openingOf(options: SignInsOptions, person: Person, { holds, method, factors }: Proof) {
  const { db, before, auth, device, browserTimeZone, sendMail, responseHeaders, appUrl } = options;
  const token = newToken();
  const isOpen = sql`exists (select 1 from session as opened where opened.token = ${token})`;
  const isTheirs = sql`${user.id} = (select opened.user_id from session as opened where opened.token = ${token})`;
  const former = before();
  return {
    isOpen,
    statements: {
      session: insertSession(options, { token, person, method, factors, former, holds }),
      ...(browserTimeZone !== null && {
        zone: db
          .update(user)
          .set({ browserTimeZone })
          .where(and(isTheirs, sql`${user.browserTimeZone} is not ${browserTimeZone}`)),
      }),
      person: db.select(known).from(user).where(isTheirs),
      ...(former && endOf(options, former, isOpen)),
    },
    /** Signs the browser in; false if no session was written. */
    async keep(rows: { session: Session[]; person: Omit<Identity, "userId" | "sessionToken" | "chosen">[] }) {
      const [[kept], [found]] = [rows.session, rows.person];
      if (kept === undefined || found === undefined) return false;
      const { name, email, image, updatedAt, ...chosen } = found as typeof found & Identity["chosen"];
      const viewer = { userId: kept.userId, sessionToken: token, name, email, image, updatedAt, chosen };
      for (const cookie of await cookiesFor(auth, kept, viewer)) responseHeaders.append("Set-Cookie", cookie);
      responseHeaders.append("Set-Cookie", device.cookie);
      // A link proves an address, but nobody can sign in with it again.
      if (method !== "link") responseHeaders.append("Set-Cookie", lastMethodText(method, appUrl));
      sendMail();
      return true;
    },
  };
}

type Session = typeof session.$inferSelect;

type New = { token: string; person: Person; method: string; factors: 1 | 2; former: Identity | null; holds: SQL };

function insertSession(
  { db, now, newId, ipAddress, place, device, requestHeaders, appUrl }: SignInsOptions,
  { token, person, method, factors, former, holds }: New,
) {
  const at = (time: number) => sql<Date>`${time}`;
  const begun = now.getTime();
  const remembered = factors === 2 ? sql`0` : isRemembered({ requestHeaders, appUrl, device, now }, user.id);
  return db
    .insert(session)
    .select(
      db
        .select({
          id: sql<string>`${newId()}`.as("id"),
          token: sql<string>`${token}`.as("token"),
          userId: user.id,
          expiresAt: at(begun + SESSION_DAYS * DAY_MS).as("expires_at"),
          ipAddress: sql<string>`${ipAddress}`.as("ip_address"),
          userAgent: sql<string>`${requestHeaders.get("User-Agent") ?? ""}`.as("user_agent"),
          method: sql<string>`${method}`.as("method"),
          factors: sql<number>`case when ${remembered} then 2 else ${factors} end`.as("factors"),
          // A remembered browser is no fresh proof, so operations that require one ask for the code too.
          provenAt: sql<Date>`case when ${remembered} then 0 else ${begun} end`.as("proven_at"),
          lastSeenAt: at(begun).as("last_seen_at"),
          deviceHash: sql<string>`${device.hash}`.as("device_hash"),
          country: sql<string | null>`${place.country}`.as("country"),
          city: sql<string | null>`${place.city}`.as("city"),
          replaces: sql<string | null>`${former && replacedBy(former.sessionToken)}`.as("replaces"),
          createdAt: at(begun).as("created_at"),
          updatedAt: at(begun).as("updated_at"),
        })
        .from(user)
        .where(and(eq(user.id, person), holds)),
    )
    .returning();
}

function endOf({ db, now, newId, ...asked }: SignInsOptions, { sessionToken }: Identity, isOpen: SQL) {
  const { ipAddress, userAgent, requestId } = asked;
  const { entry, isWritten } = audit(
    { db, actor: { kind: "person", id: sql`session.user_id` }, via: null, ipAddress, userAgent, requestId, now, newId },
    {
      action: "session.ended",
      organizationId: null,
      from: sql`from ${session} where ${session.token} = ${sessionToken} and ${isOpen}`,
    },
  );
  return { ended: entry, former: db.delete(session).where(and(eq(session.token, sessionToken), isWritten)) };
}
