import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setCookieCache, setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import type { SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#app/db/client.server.ts";
import { account, session, user, verification } from "#app/db/schema/people.ts";
import { PRODUCT_NAME, PRODUCT_SLUG } from "#app/product.ts";
import { digest } from "#app/tokens.server.ts";
import { COOKIE_CACHE_MINUTES, SESSION_DAYS, SESSION_MAXIMUM_DAYS, SESSION_RENEWAL_DAYS } from "../limits.ts";
import { AUTH_BASE_PATH } from "./allowed-paths.ts";

const DAY = 86_400;

const hidden = { required: false, input: false, returned: false } as const;
const chosen = { type: "string", required: false, input: false } as const;

export const COOKIE_PREFIX = PRODUCT_SLUG;

/** With `__Host-` no neighbour under the same domain can set it. Not over http: some browsers refuse `Secure` from localhost. */
export function cookieName(name: string, isSecure: boolean): string {
  return `${isSecure ? "__Host-" : ""}${name}`;
}

export const sessionCookies = {
  token: (appUrl: string) => cookieName(`${COOKIE_PREFIX}.session_token`, isSecure(appUrl)),
  cache: (appUrl: string) => cookieName(`${COOKIE_PREFIX}.session_data`, isSecure(appUrl)),
};

export type AuthOptions = {
  db: Database;
  secret: string;
  appUrl: string;
  deviceHash: string;
};

/** An instance shared between requests can hang the isolate. Building costs as much as a small page, so build it lazily. */
export function createAuth({ db, secret, appUrl, deviceHash }: AuthOptions) {
  return betterAuth({
    appName: PRODUCT_NAME,
    baseURL: appUrl,
    basePath: AUTH_BASE_PATH,
    secret,
    database: drizzleAdapter(db, { provider: "sqlite", schema: { user, session, account, verification } }),
    // Passwords are checked, set and reset in `passwords.server.ts`: each change is one batch with its audit entry.
    session: {
      expiresIn: SESSION_DAYS * DAY,
      updateAge: SESSION_RENEWAL_DAYS * DAY,
      cookieCache: { enabled: true, maxAge: COOKIE_CACHE_MINUTES * 60, strategy: "jwe" },
      additionalFields: {
        method: { ...hidden, type: "string" },
        factors: { ...hidden, type: "number" },
        provenAt: { ...hidden, type: "date" },
        lastSeenAt: { ...hidden, type: "date" },
        deviceHash: { ...hidden, type: "string" },
        replaces: { ...hidden, type: "string" },
      },
    },
    // In the cookie with the person's name, so that a page knows what they chose without asking the database.
    user: { additionalFields: { locale: chosen, theme: chosen, color: chosen, font: chosen } },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const { createdAt } = session;
            return { data: { ...session, provenAt: createdAt, lastSeenAt: createdAt, deviceHash } };
          },
        },
      },
    },
    verification: { storeIdentifier: { hash: async (identifier) => digest(identifier) } },
    // The pipeline limits, with a count in the database; the library's own limiter is skipped by direct calls.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: cookieName(COOKIE_PREFIX, isSecure(appUrl)),
      // The library's own prefix, `__Secure-`, would let a neighbour set them.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure(appUrl) },
      database: { generateId: () => crypto.randomUUID() },
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
    },
    plugins: [provenSignIn()],
  });
}

export type Auth = ReturnType<typeof createAuth>;

export function isSecure(appUrl: string): boolean {
  return appUrl.startsWith("https:");
}

export type Proof = {
  method: string;
  factors: 1 | 2;
  /** SQL that is true while what was proved with still counts: it may be changed or removed before the session stands. */
  holds: SQL;
};

const Opening = z.object({
  userId: z.string(),
  method: z.string(),
  factors: z.union([z.literal(1), z.literal(2)]),
});

/** As long as a session may last; whether it still does is the row's to say, so no answer but a new token sets it again. */
const tokenCookie = { maxAge: SESSION_MAXIMUM_DAYS * DAY };

const KeptSession = z.object({
  session: z.custom<typeof session.$inferSelect>(),
  user: z.custom<Omit<typeof user.$inferSelect, "emailVerified" | "createdAt" | "updatedAt">>(),
});

function provenSignIn() {
  return {
    id: "proven-sign-in",
    endpoints: {
      signInProven: createAuthEndpoint.serverOnly(
        { method: "POST", body: Opening, requireHeaders: true },
        async (context) => {
          const { userId, method, factors } = context.body;
          const found = await context.context.internalAdapter.findUserById(userId);
          if (!found) return context.json({ token: null });
          const opened = await context.context.internalAdapter.createSession(found.id, false, { method, factors });
          await setSessionCookie(context, { session: opened, user: found }, false, tokenCookie);
          return context.json({ token: opened.token });
        },
      ),
      keepSession: createAuthEndpoint.serverOnly({ method: "POST", body: KeptSession }, async (context) => {
        const { session: kept, user: person } = context.body;
        const { authCookies, secret } = context.context;
        const { name, attributes } = authCookies.sessionToken;
        await context.setSignedCookie(name, kept.token, secret, { ...attributes, ...tokenCookie });
        // Everybody here has proved their address.
        const times = { createdAt: kept.createdAt, updatedAt: kept.updatedAt };
        await setCookieCache(context, { session: kept, user: { ...person, ...times, emailVerified: true } }, false);
        return context.json(null);
      }),
    },
  };
}
