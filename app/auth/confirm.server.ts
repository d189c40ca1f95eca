import { and, eq, sql } from "drizzle-orm";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { account } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { spending } from "./authenticator.server.ts";
import type { Confirm } from "./factor-schemas.ts";
import { noteFailedAttempt } from "./failed-attempts.server.ts";
import { isPasswordOf } from "./passwords.server.ts";
import { proven } from "./proofs.server.ts";
import type { Provider } from "./providers.ts";

/** What this person can prove themselves with. `providers`: those who vouch for them. */
export type WaysToConfirm = {
  hasPassword: boolean;
  hasAuthenticator: boolean;
  hasPasskey: boolean;
  providers: Provider[];
};

export function waysToConfirm({ db, userId, providers }: Scope<"self">): Plan<WaysToConfirm> {
  const accounts = db
    .select({ provider: account.providerId, password: sql<boolean>`${account.password} is not null`.mapWith(Boolean) })
    .from(account)
    .where(eq(account.userId, userId));
  const apps = db.select({ id: authenticator.id }).from(authenticator).where(eq(authenticator.userId, userId));
  const passkeys = db.select({ id: passkey.id }).from(passkey).where(eq(passkey.userId, userId)).limit(1);
  return plan({ accounts, apps, passkeys }, (rows) => {
    return {
      hasPassword: rows.accounts.some(({ password }) => password),
      hasAuthenticator: rows.apps.length > 0,
      hasPasskey: rows.passkeys.length > 0,
      providers: providers.filter(({ id }) => rows.accounts.some(({ provider }) => provider === id)),
    };
  });
}

/** Remembers that the person has just proved who they are: by their password, their app, or both where they have both. */
export async function confirmByPassword(grant: Grant<"self">, { password, code }: Confirm) {
  const { db, userId } = grant;
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
  const isByCodeAlone = app !== undefined && !credential?.passwordHash;
  if (!isByCodeAlone && !(await isPasswordOf(credential, password))) return failed(grant, "wrong-password");
  if (app === undefined) {
    const proof = proven(grant, { when: grant.stillMay });
    const [rows] = await grant.commit([proof.statement]);
    await proof.keep(rows);
    return { ok: true } as const;
  }
  const spent = code === undefined ? null : spending(grant, app, code);
  if (spent === null) return failed(grant, "wrong-code");
  const proof = proven(grant, { factors: 2, when: sql`${grant.stillMay} and changes() = 1` });
  const [, proved] = await grant.commit([spent, proof.statement]);
  return (await proof.keep(proved)) ? ({ ok: true } as const) : failed(grant, "wrong-code");
}

/** A session may be a stolen one: the person hears of what it tried. */
function failed<R extends "wrong-password" | "wrong-code">(grant: Grant<"self">, reason: R) {
  noteFailedAttempt(grant, {
    person: sql`select ${grant.userId}`,
    method: reason === "wrong-code" ? "code" : "password",
  });
  return { ok: false, reason } as const;
}
