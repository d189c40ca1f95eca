import { and, asc, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { account, session } from "#app/db/schema/people.ts";
import type { Fresh, Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { hasOtherWay } from "../other-ways.server.ts";
import { securityMail } from "../security-mail.server.ts";
import { type Provider, providerName } from "./providers.ts";

type LinkedAccount = { id: string; provider: string; linkedAt: number };

export type SignInMethods = {
  hasPassword: boolean;
  accounts: LinkedAccount[];
  linkable: Provider[];
};

export function signInMethods(scope: Scope<"self">): Plan<SignInMethods> {
  const { providers } = scope;
  const rows = scope
    .select({
      id: account.id,
      provider: account.providerId,
      linkedAt: account.createdAt,
      hasPassword: isTrue(sql`${account.password} is not null`),
    })
    .from(account)
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

export function linkedAccount(
  scope: Scope<"self">,
  { account: id }: { account: string },
): Plan<{ provider: string } | null> {
  const found = scope.select({ provider: account.providerId }).from(account).where(isElsewhere(id));
  return plan({ found }, ({ found: [row] }) =>
    row === undefined ? null : { provider: providerName(scope.providers, row.provider) },
  );
}

function isElsewhere(id: string) {
  return and(eq(account.id, id), ne(account.providerId, "credential")) as SQL;
}

/**
 * Unlinks a provider's account, unless the person has no other way to sign in. Ends the other sessions that were opened through
 * it. Succeeds if the account is already unlinked.
 */
export async function unlinkAccount(grant: Fresh<Grant<"self">>, { account: id }: { account: string }) {
  const { facts } = await change(grant, {
    action: "account.unlinked",
    from: account,
    target: { id, name: account.providerId },
    where: [isElsewhere(id), hasOtherWay(grant, id)],
    makes: (entry) => ({
      sessions: entry.remove(
        session,
        inArray(session.method, grant.select({ provider: account.providerId }).from(account).where(isElsewhere(id))),
        ne(session.token, grant.viewer.sessionToken),
      ),
      account: entry.remove(account, isElsewhere(id)),
      mail: entry.mail(securityMail(grant, "account-unlinked")),
    }),
    facts: { left: grant.select({ id: account.id }).from(account).where(isElsewhere(id)) },
  });
  return facts.left.length === 0 ? ({ ok: true } as const) : ({ ok: false, reason: "last-way" } as const);
}
