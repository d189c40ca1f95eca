import { and, eq, isNull, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { account, signUp, user } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import type { Fresh, Grant } from "#app/operation/grant.server.ts";
import { nameOf, shorten } from "#app/text/names.ts";
import { PERSON_NAME_MAXIMUM } from "../limits.ts";
import { isReserved } from "../reserved-addresses.server.ts";
import { securityMail } from "../security-mail.server.ts";
import { prove, withNewToken } from "../sessions/proofs.server.ts";
import type { Proof } from "../sessions/sign-ins.server.ts";
import { tellOfInvitations } from "../sign-ups/sign-ups.server.ts";
import type { Vouched } from "./handshakes.server.ts";
import type { BeginAtProvider, Return } from "./schemas.ts";

export async function beginAtProvider(grant: Grant<"public">, { provider, ...way }: BeginAtProvider) {
  if (!grant.providers.some(({ id }) => id === provider)) return { ok: false, reason: "not-found" } as const;
  const url = await (await grant.handshakes()).begin(provider, way, grant.viewer?.userId ?? null);
  return url === null ? ({ ok: false, reason: "unreachable" } as const) : ({ ok: true, url } as const);
}

/** Creates an account with the verified address, or links the existing one, since every person here has proved their address. */
export async function signInThroughProvider(grant: Grant<"public">, returned: Return) {
  const vouched = await (await grant.handshakes()).finish(returned, { purpose: "sign-in" });
  if (typeof vouched === "string") return { ok: false, reason: vouched } as const;
  const { owners } = await grant.read({ owners: ownerOf(grant, vouched) });
  const [owner] = owners;
  if (owner === undefined && vouched.email === null) return { ok: false, reason: "unverified" } as const;
  const proof = { method: vouched.provider, factors: 1 } as const;
  const isOwners = and(isAccount(vouched), eq(account.userId, owner?.userId ?? ""));
  const isIn =
    owner === undefined
      ? await settle(grant, vouched, proof)
      : await grant.signIns().open(owner.userId, {
          ...proof,
          holds: sql`exists (select 1 from ${account} where ${isOwners})`,
        });
  return isIn ? ({ ok: true } as const) : ({ ok: false, reason: "failed" } as const);
}

/** Parallel requests make one person, who is signed in. False if a former owner of the address can still take it back. */
async function settle(grant: Grant<"public">, vouched: Vouched, proof: Omit<Proof, "holds">): Promise<boolean> {
  const { now, locale } = grant;
  const email = vouched.email ?? "";
  const newcomer = grant.newId();
  const name = shorten(nameOf(vouched.name), PERSON_NAME_MAXIMUM) || (email.split("@")[0] ?? email);
  const person = sql<string>`(select ${user.id} from ${user} where ${user.email} = ${email})`;
  const isNew = sql`exists (select 1 from ${user} where ${user.id} = ${newcomer})`;
  const owner = sql<string>`(select ${account.userId} from ${account} where ${isAccount(vouched)})`;
  const { statements, keep } = grant.signIns().opening(owner, { ...proof, holds: sql`true` });
  const { made } = await change(grant, {
    ...linkEntry(vouched, sql`${person} is not null`),
    by: person,
    first: (may) => ({
      newcomer: may.unsafe(WHOSE).db.run(sql`
        insert into ${user} (id, name, email, email_verified, locale, created_at, updated_at)
        select ${newcomer}, ${name}, ${email}, 1, ${locale}, ${now.getTime()}, ${now.getTime()}
        where not exists (select 1 from ${user} where ${user.email} = ${email}) and not ${isReserved(sql`${email}`, now)}`),
    }),
    makes: (entry) => ({
      account: entry.insert(account, { userId: person, ...linkedRow(grant, vouched) }),
      mail: entry.mail({ ...securityMail({ ...grant, userId: person }, "account-linked"), also: sql`not ${isNew}` }),
      // Their passwords were chosen by people who have not proved this address.
      signUps: closeSignUps(entry, email),
      invitations: tellOfInvitations(entry, { userId: newcomer, now }),
      ...statements,
    }),
  });
  grant.after((uncounted) => makeSearchTexts(uncounted, newcomer));
  return keep(made);
}

const WHOSE = "Nobody is signed in yet, so the provider identifies the account.";

function ownerOf({ unsafe }: Pick<Grant<"public">, "unsafe">, vouched: Vouched) {
  return unsafe(WHOSE).select({ userId: account.userId }).from(account).where(isAccount(vouched));
}

function closeSignUps(entry: Pick<Writer, "unsafe">, email: string) {
  const { db, when } = entry.unsafe(WHOSE);
  return db.delete(signUp).where(and(eq(signUp.email, email), isNull(signUp.usedAt), when));
}

/** Links a provider's account to the person. It can have any address that the provider has verified. */
export async function linkAccount(grant: Fresh<Grant<"self">>, returned: Return) {
  const vouched = await (await grant.handshakes()).finish(returned, { purpose: "link", person: grant.userId });
  if (typeof vouched === "string") return { ok: false, reason: vouched } as const;
  if (vouched.email === null) return { ok: false, reason: "unverified" } as const;
  const session = withNewToken(grant);
  const { made, facts } = await change(grant, {
    ...linkEntry(vouched),
    makes: (entry) => ({
      account: entry.insert(account, linkedRow(grant, vouched)),
      mail: entry.mail(securityMail(grant, "account-linked")),
      session: session.on(entry),
    }),
    facts: { own: grant.select({ id: account.id }).from(account).where(isAccount(vouched)) },
  });
  await session.keep(made.session);
  return facts.own.length > 0 ? ({ ok: true } as const) : ({ ok: false, reason: "other-person" } as const);
}

export async function confirmThroughProvider(grant: Grant<"self">, returned: Return) {
  const vouched = await (await grant.handshakes()).finish(returned, { purpose: "confirm", person: grant.userId });
  if (typeof vouched === "string") return { ok: false, reason: vouched } as const;
  const where = sql`exists (select 1 from ${account} where ${grant.rows(account, isAccount(vouched))})
    and not exists (select 1 from ${authenticator} where ${grant.rows(authenticator)})`;
  return (await prove(grant, { where })) ? ({ ok: true } as const) : ({ ok: false, reason: "not-linked" } as const);
}

function isAccount({ provider, accountId }: Vouched) {
  return and(eq(account.providerId, provider), eq(account.accountId, accountId));
}

function linkEntry(vouched: Vouched, may = sql`true`) {
  return {
    action: "account.linked",
    target: { id: vouched.accountId, name: vouched.provider },
    where: sql`${may} and not exists (select 1 from ${account} where ${isAccount(vouched)})`,
  } as const;
}

// The provider's tokens are not stored: nothing here calls the provider on the person's behalf.
function linkedRow({ now, newId }: Pick<Grant<"public">, "now" | "newId">, { provider, accountId }: Vouched) {
  return { id: newId(), providerId: provider, accountId, createdAt: now, updatedAt: now };
}
