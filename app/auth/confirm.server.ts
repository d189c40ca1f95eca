import { and, eq, sql } from "drizzle-orm";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { account, session } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { spending } from "./authenticator.server.ts";
import type { Confirm } from "./factor-schemas.ts";
import { isPasswordOf } from "./passwords.server.ts";

/** What this person can prove themselves with. `providers`: the names of those who would vouch for them. */
export type WaysToConfirm = {
  hasPassword: boolean;
  hasAuthenticator: boolean;
  hasPasskey: boolean;
  providers: string[];
};

export function waysToConfirm({ db, userId }: Scope<"self">): Plan<WaysToConfirm> {
  const accounts = db.select({ provider: account.providerId }).from(account).where(eq(account.userId, userId));
  const apps = db.select({ id: authenticator.id }).from(authenticator).where(eq(authenticator.userId, userId));
  const passkeys = db.select({ id: passkey.id }).from(passkey).where(eq(passkey.userId, userId)).limit(1);
  return plan({ accounts, apps, passkeys }, (rows) => {
    const providers = rows.accounts.map(({ provider }) => provider);
    return {
      hasPassword: providers.includes("credential"),
      hasAuthenticator: rows.apps.length > 0,
      hasPasskey: rows.passkeys.length > 0,
      providers: providers.filter((provider) => provider !== "credential"),
    };
  });
}

/** Remembers that the person has just proved who they are, by their password and, where they have one, their app. */
export async function confirmByPassword(grant: Grant<"self">, { password, code }: Confirm) {
  const { db, userId, now, viewer } = grant;
  const [[credential], [app]] = await grant.commit([
    db
      .select({ passwordHash: account.password })
      .from(account)
      .where(and(eq(account.userId, userId), eq(account.providerId, "credential"))),
    db
      .select({ id: authenticator.id, userId: authenticator.userId, lastStep: authenticator.lastStep })
      .from(authenticator)
      .where(eq(authenticator.userId, userId)),
  ]);
  if (!(await isPasswordOf(credential, password))) return { ok: false, reason: "wrong-password" } as const;
  const confirmed = { provenAt: now, ...(app && { factors: 2 }) };
  const isThis = and(eq(session.token, viewer.sessionToken), grant.stillMay);
  if (app === undefined) {
    await grant.commit([db.update(session).set(confirmed).where(isThis)]);
    return { ok: true } as const;
  }
  const spent = code === undefined ? null : spending(grant, app, code);
  if (spent === null) return { ok: false, reason: "wrong-code" } as const;
  const [, proved] = await grant.commit([
    spent,
    db.update(session).set(confirmed).where(and(isThis, sql`changes() = 1`)).returning({ id: session.id }),
  ]);
  return proved.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "wrong-code" } as const);
}
