import { eq, sql } from "drizzle-orm";
import { isTrue } from "#app/db/is-true.server.ts";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { account } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { noteFailedAttempt } from "../failed-attempts.server.ts";
import { isPasswordOf } from "../passwords/passwords.server.ts";
import type { Provider } from "../providers/providers.ts";
import { prove } from "../sessions/proofs.server.ts";
import { spend } from "./authenticator.server.ts";
import type { Confirm } from "./schemas.ts";

export type WaysToConfirm = {
  hasPassword: boolean;
  hasAuthenticator: boolean;
  hasPasskey: boolean;
  providers: Provider[];
};

export function waysToConfirm(scope: Scope<"self">): Plan<WaysToConfirm> {
  const { providers } = scope;
  const accounts = scope
    .select({ provider: account.providerId, password: isTrue(sql`${account.password} is not null`) })
    .from(account);
  const apps = scope.select({ id: authenticator.id }).from(authenticator);
  const passkeys = scope.select({ id: passkey.id }).from(passkey).limit(1);
  return plan({ accounts, apps, passkeys }, (rows) => {
    return {
      hasPassword: rows.accounts.some(({ password }) => password),
      hasAuthenticator: rows.apps.length > 0,
      hasPasskey: rows.passkeys.length > 0,
      providers: providers.filter(({ id }) => rows.accounts.some(({ provider }) => provider === id)),
    };
  });
}

export async function confirmByPassword(grant: Grant<"self">, { password, code }: Confirm) {
  const { credentials, apps } = await grant.read({
    credentials: grant
      .select({ passwordHash: account.password })
      .from(account)
      .where(eq(account.providerId, "credential")),
    apps: grant
      .select({ id: authenticator.id, userId: authenticator.userId, lastStep: authenticator.lastStep })
      .from(authenticator),
  });
  const [credential] = credentials;
  const [app] = apps;
  const isByCodeAlone = app !== undefined && !credential?.passwordHash;
  if (credential?.passwordHash && password === "") return { ok: false, reason: "password-missing" } as const;
  if (!isByCodeAlone && !(await isPasswordOf(credential, password))) return refuse(grant, "wrong-password");
  if (app === undefined) {
    await prove(grant);
    return { ok: true } as const;
  }
  const spends = code === undefined ? null : spend(grant, app, code);
  if (spends === null || !(await prove(grant, { factors: 2, spends }))) return refuse(grant, "wrong-code");
  return { ok: true } as const;
}

function refuse<R extends "wrong-password" | "wrong-code">(grant: Grant<"self">, reason: R) {
  noteFailedAttempt(grant, {
    person: sql`select ${grant.userId}`,
    method: reason === "wrong-code" ? "code" : "password",
  });
  return { ok: false, reason } as const;
}
