import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { passkey } from "#app/db/schema/factors.ts";
import { account } from "#app/db/schema/people.ts";
import type { Fresh, Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { type Provider, providerName } from "./providers.ts";
import { securityMail } from "./security-mail.server.ts";

/** `provider`: its name. `linkedAt` in milliseconds. */
export type LinkedAccount = { id: string; provider: string; linkedAt: number };

export type SignInMethods = {
  hasPassword: boolean;
  /** Accounts elsewhere. */
  accounts: LinkedAccount[];
  /** Those that are configured and not linked yet. */
  linkable: Provider[];
};

export function signInMethods({ db, userId, providers }: Scope<"self">): Plan<SignInMethods> {
  const rows = db
    .select({
      id: account.id,
      provider: account.providerId,
      linkedAt: account.createdAt,
      hasPassword: sql<boolean>`${account.password} is not null`.mapWith(Boolean),
    })
    .from(account)
    .where(eq(account.userId, userId))
    .orderBy(asc(account.createdAt), asc(account.id));
  return plan({ rows }, ({ rows }) => ({
    hasPassword: rows.some(({ provider, hasPassword }) => provider === "credential" && hasPassword),
    accounts: rows
      .filter(({ provider }) => provider !== "credential")
      .map(({ id, provider, linkedAt }) => ({
        id,
        provider: providerName(providers, provider),
        linkedAt: linkedAt.getTime(),
      })),
    linkable: providers.filter(({ id }) => !rows.some(({ provider }) => provider === id)),
  }));
}

export function linkedAccount({ db, userId, providers }: Scope<"self">, id: string): Plan<{ provider: string } | null> {
  const found = db.select({ provider: account.providerId }).from(account).where(isLinked(userId, id));
  return plan({ found }, ({ found: [row] }) =>
    row === undefined ? null : { provider: providerName(providers, row.provider) },
  );
}

function isLinked(userId: string | SQL<string>, id: string) {
  return and(eq(account.id, id), eq(account.userId, userId), ne(account.providerId, "credential"));
}

/** Unlinks an account elsewhere, unless nothing else is left to sign in with. That it is gone already is no fault. */
export async function unlinkAccount(grant: Fresh<Grant<"self">>, id: string) {
  const { db, userId } = grant;
  const isOwn = isLinked(userId, id);
  const hasAnother = sql`(
    exists (select 1 from account as other where other.user_id = ${userId} and other.id <> ${id}
      and (other.provider_id <> 'credential' or other.password is not null))
    or exists (select 1 from ${passkey} where ${passkey.userId} = ${userId}))`;
  const change = audited(grant, {
    action: "account.unlinked",
    target: { id, name: sql`${account.providerId}` },
    from: sql`from ${account} where ${isOwn} and ${hasAnother} and ${grant.stillMay}`,
  });
  const [, , , left] = await grant.commit([
    change.entry,
    db.delete(account).where(and(isOwn, change.isWritten)),
    securityMail(grant, "account-unlinked", change.isWritten),
    db.select({ id: account.id }).from(account).where(isOwn),
  ]);
  grant.sendMail();
  return left.length === 0 ? ({ ok: true } as const) : ({ ok: false, reason: "last-way" } as const);
}
