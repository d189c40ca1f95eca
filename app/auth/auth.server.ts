import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { z } from "zod";
import type { Database } from "#app/db/client.server.ts";
import { account, session, user, verification } from "#app/db/schema/people.ts";
import { digest } from "#app/request/tokens.server.ts";
import { AUTH_BASE_PATH } from "./allowed-paths.ts";
import { COOKIE_CACHE_MINUTES, SESSION_DAYS, SESSION_RENEWAL_DAYS } from "./limits.ts";

const DAY = 86_400;

export const COOKIE_PREFIX = "tenantry";

export type AuthOptions = { db: Database; secret: string; appUrl: string };

/**
 * Builds Better Auth for one request: an instance shared between requests can hang the isolate. It costs about as much as a
 * small page, so callers build it lazily.
 */
export function createAuth({ db, secret, appUrl }: AuthOptions) {
  return betterAuth({
    appName: "Tenantry",
    baseURL: appUrl,
    basePath: AUTH_BASE_PATH,
    secret,
    database: drizzleAdapter(db, { provider: "sqlite", schema: { user, session, account, verification } }),
    // Passwords are checked, set and reset in `passwords.server.ts`: each change is one batch with its audit entry.
    session: {
      expiresIn: SESSION_DAYS * DAY,
      updateAge: SESSION_RENEWAL_DAYS * DAY,
      cookieCache: { enabled: true, maxAge: COOKIE_CACHE_MINUTES * 60, strategy: "jwe" },
    },
    account: { encryptOAuthTokens: true },
    verification: { storeIdentifier: { hash: async (identifier) => digest(identifier) } },
    // The pipeline limits, with a count in the database; the library's own limiter is skipped by direct calls.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: isSecure(appUrl),
      ipAddress: { ipAddressHeaders: ["cf-connecting-ip"] },
    },
    plugins: [provenSignIn()],
  });
}

export type Auth = ReturnType<typeof createAuth>;

export function isSecure(appUrl: string): boolean {
  return appUrl.startsWith("https:");
}

/** Opens a session for whoever has just proved an address or a password. The endpoint has no URL; only the server calls it. */
function provenSignIn() {
  return {
    id: "proven-sign-in",
    endpoints: {
      signInProven: createAuthEndpoint.serverOnly(
        { method: "POST", body: z.object({ userId: z.string() }), requireHeaders: true },
        async (context) => {
          const found = await context.context.internalAdapter.findUserById(context.body.userId);
          if (!found) return context.json({ signedIn: false });
          const opened = await context.context.internalAdapter.createSession(found.id);
          await setSessionCookie(context, { session: opened, user: found });
          return context.json({ signedIn: true });
        },
      ),
    },
  };
}
