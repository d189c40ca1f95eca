import { and, eq, isNull, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { account, signUp, user } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import type { Fresh, Grant } from "#app/request/grant.server.ts";
import { nameOf, shortened } from "#app/text/names.ts";
import type { Vouched } from "./handshakes.server.ts";
import { isHeld } from "./held-addresses.server.ts";
import { PERSON_NAME_MAXIMUM } from "./limits.ts";
import { proven, withNewToken } from "./proofs.server.ts";
import type { BeginAtProvider, Return } from "./provider-schemas.ts";
import { securityMail } from "./security-mail.server.ts";
import { tellOfInvitations } from "./sign-ups.server.ts";

/** Sends somebody to a provider: for signing in, for linking it, or for proving once more who they are. */
export async function beginAtProvider(grant: Grant<"public">, { provider, ...way }: BeginAtProvider) {
  if (!grant.providers.some(({ id }) => id === provider)) return { ok: false, reason: "not-found" } as const;
  const url = await grant.handshakes().begin(provider, way);
  return url === null ? ({ ok: false, reason: "unreachable" } as const) : ({ ok: true, url } as const);
}

/**
 * Signs in whoever a provider vouches for. Without an account here yet, one is made for the address that the provider has
 * verified; with one of that address, the provider is linked to it, since everybody here has proved theirs.
 */
export async function signInThroughProvider(grant: Grant<"public">, returned: Return) {
  const { db } = grant;
  const vouched = await grant.handshakes().finish(returned);
  if (typeof vouched === "string") return { ok: false, reason: vouched } as const;
  const known = db.select({ userId: account.userId }).from(account).where(isAccount(vouched));
  const [[owner]] = await grant.commit([known]);
  if (owner === undefined && vouched.email === null) return { ok: false, reason: "unverified" } as const;
  const person = owner?.userId ?? (await settle(grant, vouched));
  if (person === null) return { ok: false, reason: "failed" } as const;
  const isIn = await grant.signIns().proven(person, {
    method: vouched.provider,
    factors: 1,
    holds: sql`exists (select 1 from ${account} where ${isAccount(vouched)} and ${account.userId} = ${person})`,
  });
  return isIn ? ({ ok: true } as const) : ({ ok: false, reason: "failed" } as const);
}

/**
 * Finds or makes the person of a verified address and links the account elsewhere to them. Two at once settle on one. Null:
 * the address is held for somebody who may still take it back.
 */
async function settle(grant: Grant<"public">, vouched: Vouched): Promise<string | null> {
  const { db, now, ipAddress, locale } = grant;
  const email = vouched.email ?? "";
  const newcomer = grant.newId();
  const name = shortened(nameOf(vouched.name), PERSON_NAME_MAXIMUM) || (email.split("@")[0] ?? email);
  const person = sql<string>`(select ${user.id} from ${user} where ${user.email} = ${email})`;
  const link = audited(
    { db, userId: person, ipAddress, now, newId: grant.newId },
    linking(vouched, sql`${person} is not null`),
  );
  const isOld = sql`${link.isWritten} and not exists (select 1 from ${user} where ${user.id} = ${newcomer})`;
  const settled = await grant.commit([
    db.run(sql`
      insert into ${user} (id, name, email, email_verified, locale, created_at, updated_at)
      select ${newcomer}, ${name}, ${email}, 1, ${locale}, ${now.getTime()}, ${now.getTime()}
      where not exists (select 1 from ${user} where ${user.email} = ${email}) and not ${isHeld(sql`${email}`, now)}`),
    link.entry,
    linkedWhen(grant, { vouched, person, when: link.isWritten }),
    securityMail({ db, locale, appUrl: grant.appUrl, newId: grant.newId, userId: person }, "account-linked", isOld),
    // A password that somebody chose for this address without having proved it.
    db.delete(signUp).where(and(eq(signUp.email, email), isNull(signUp.usedAt))),
    tellOfInvitations(grant, sql`${user.id} = ${newcomer}`),
    db.select({ userId: account.userId }).from(account).where(isAccount(vouched)),
  ]);
  grant.sendMail();
  grant.after((uncounted) => makeSearchTexts(uncounted, newcomer));
  return settled[6][0]?.userId ?? null;
}

/** Links an account elsewhere to the person, whatever its address, if its provider has verified that. */
export async function linkAccount(grant: Fresh<Grant<"self">>, returned: Return) {
  const { db, userId } = grant;
  const vouched = await grant.handshakes().finish(returned);
  if (typeof vouched === "string") return { ok: false, reason: vouched } as const;
  if (vouched.email === null) return { ok: false, reason: "unverified" } as const;
  const link = audited(grant, linking(vouched, grant.stillMay));
  const proof = withNewToken(grant, { when: link.isWritten });
  const [, , , [owner], proved] = await grant.commit([
    link.entry,
    linkedWhen(grant, { vouched, person: sql`${userId}`, when: link.isWritten }),
    securityMail(grant, "account-linked", link.isWritten),
    db.select({ userId: account.userId }).from(account).where(isAccount(vouched)),
    proof.statement,
  ]);
  await proof.keep(proved);
  grant.sendMail();
  return owner?.userId === userId ? ({ ok: true } as const) : ({ ok: false, reason: "other-person" } as const);
}

/** Remembers that the person has just proved who they are, through a provider. Whoever has an app shows a code instead. */
export async function confirmThroughProvider(grant: Grant<"self">, returned: Return) {
  const { userId } = grant;
  const vouched = await grant.handshakes().finish(returned, { isAnew: true });
  if (typeof vouched === "string") return { ok: false, reason: vouched } as const;
  const isTheirs = sql`exists (select 1 from ${account} where ${isAccount(vouched)} and ${account.userId} = ${userId})
    and not exists (select 1 from ${authenticator} where ${authenticator.userId} = ${userId})`;
  const proof = proven(grant, { when: sql`${isTheirs} and ${grant.stillMay}` });
  const [proved] = await grant.commit([proof.statement]);
  return (await proof.keep(proved)) ? ({ ok: true } as const) : ({ ok: false, reason: "not-linked" } as const);
}

function isAccount({ provider, accountId }: Vouched) {
  return and(eq(account.providerId, provider), eq(account.accountId, accountId));
}

function linking(vouched: Vouched, may: ReturnType<typeof sql>) {
  return {
    action: "account.linked",
    target: { id: vouched.accountId, name: vouched.provider },
    from: sql`where ${may} and not exists (select 1 from ${account} where ${isAccount(vouched)})`,
  } as const;
}

type Link = { vouched: Vouched; person: ReturnType<typeof sql>; when: ReturnType<typeof sql> };

// The provider's tokens are not kept: nothing here asks for anything in the person's name.
function linkedWhen(
  { db, now, newId }: Pick<Grant<"public">, "db" | "now" | "newId">,
  { vouched, person, when }: Link,
) {
  return db.run(sql`
    insert into ${account} (id, user_id, provider_id, account_id, created_at, updated_at)
    select ${newId()}, ${person}, ${vouched.provider}, ${vouched.accountId}, ${now.getTime()}, ${now.getTime()}
    where ${when}`);
}
