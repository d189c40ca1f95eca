import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setCookieCache } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { z } from "zod";
import type { Database } from "#app/db/client.server.ts";
import { account, session, user, verification } from "#app/db/schema/people.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { digest } from "#app/tokens.server.ts";
import { COOKIE_CACHE_MINUTES, SESSION_DAYS, SESSION_MAXIMUM_DAYS, SESSION_RENEWAL_DAYS } from "../limits.ts";
import { AUTH_BASE_PATH } from "./allowed-paths.ts";
import { COOKIE_PREFIX, cookieName, isSecure } from "./own-cookies.server.ts";

const hidden = { required: false, input: false, returned: false } as const;
const chosen = { type: "string", required: false, input: false } as const;

export type AuthOptions = {
  db: Database;
  secret: string;
  appUrl: string;
};

/** Make one per request: a shared instance can hang the isolate. It costs as much as a small page, so make it only if needed. */
export function createAuth({ db, secret, appUrl }: AuthOptions) {
  return betterAuth({
    appName: PRODUCT_NAME,
    baseURL: appUrl,
    basePath: AUTH_BASE_PATH,
    secret,
    database: drizzleAdapter(db, { provider: "sqlite", schema: { user, session, account, verification } }),
    // Our own batches write sessions and passwords, with their entries in the audit log. The library makes the cookies.
    session: {
      expiresIn: SESSION_DAYS * DAY_SECONDS,
      updateAge: SESSION_RENEWAL_DAYS * DAY_SECONDS,
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
    // Kept in the cookie beside the person's name, so that a page knows their choices without a query.
    user: {
      additionalFields: {
        locale: chosen,
        theme: chosen,
        color: chosen,
        font: chosen,
        timeZone: chosen,
        browserTimeZone: chosen,
      },
    },
    verification: { storeIdentifier: { hash: async (identifier) => digest(identifier) } },
    // The pipeline limits the rate, with counts in the database. Direct calls skip the library's own limiter.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: cookieName(COOKIE_PREFIX, isSecure(appUrl)),
      // The library's own prefix, `__Secure-`, would let a neighbour under the same domain set the cookies.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure(appUrl) },
      database: { generateId: () => crypto.randomUUID() },
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
    },
    plugins: [sessionsOfOurOwn()],
  });
}

export type Auth = ReturnType<typeof createAuth>;

/** As long as a session can last. The row decides whether it is still alive, so only a new token sets the cookie again. */
const tokenCookie = { maxAge: SESSION_MAXIMUM_DAYS * DAY_SECONDS };

const KeptSession = z.object({
  session: z.custom<typeof session.$inferSelect>(),
  user: z.custom<Omit<typeof user.$inferSelect, "emailVerified" | "createdAt">>(),
});

function sessionsOfOurOwn() {
  return {
    id: "sessions-of-our-own",
    endpoints: {
      keepSession: createAuthEndpoint.serverOnly({ method: "POST", body: KeptSession }, async (context) => {
        const { session: kept, user: person } = context.body;
        const { authCookies, secret } = context.context;
        const { name, attributes } = authCookies.sessionToken;
        await context.setSignedCookie(name, kept.token, secret, { ...attributes, ...tokenCookie });
        // Every person here has proved their address.
        const known = { ...person, createdAt: kept.createdAt, emailVerified: true };
        await setCookieCache(context, { session: kept, user: known }, false);
        return context.json(null);
      }),
    },
  };
}
