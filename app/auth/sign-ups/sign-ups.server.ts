import { and, desc, eq, gt, isNotNull, isNull, ne, not, type SQL, sql } from "drizzle-orm";
import { href } from "react-router";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { account, signUp, user } from "#app/db/schema/people.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isHeldInvitation, isOpenInvitation } from "#app/tenancy/inviting.ts";
import { digest, newToken } from "#app/tokens.server.ts";
import { VERIFICATION_LINK_MINUTES } from "../limits.ts";
import { hashPassword } from "../passwords/password-hash.server.ts";
import { weaknessOf } from "../passwords/password-rules.server.ts";
import { isReserved } from "../reserved-addresses.server.ts";
import type { ProveAddress, SignUp } from "../schemas.ts";
import type { SignUpBrowser } from "./sign-up-browser.server.ts";

type Public = Grant<"public">;

/**
 * Statements, time and response are the same for known and unknown addresses (OWASP Authentication Cheat Sheet,
 * "Authentication and Error Messages"). Returns an id with which the browser can request a new link.
 */
export async function requestSignUp(grant: Public, input: SignUp) {
  const { now, appUrl, locale } = grant;
  const { email, name, password, redirectTo } = input;
  const browserHash = grant.signUpBrowser.bind();
  const id = grant.newId();
  const token = newToken();
  const passwordHash = await hashPassword(password);
  const isKnown = sql`exists (select 1 from ${user} where ${user.email} = ${email})`;
  const expiresAt = linkExpiry(now);
  await change(grant, {
    unlogged: UNPROVEN,
    makes: (entry) => {
      const { db, when } = entry.unsafe(BY_LINK);
      const chosen = { id, email, name, passwordHash, redirectTo, locale, browserHash };
      return {
        // Only the newest link of an address works: an older one may be from a sign-up by someone else.
        former: db.delete(signUp).where(and(eq(signUp.email, email), isNull(signUp.usedAt), when)),
        signUp: entry.insertLoose(signUp, { ...chosen, tokenHash: digest(token), expiresAt, createdAt: now }),
        link: entry.mail({
          recipient: email,
          template: "verify-email",
          data: { url: verificationUrl(appUrl, token), minutes: VERIFICATION_LINK_MINUTES },
          also: sql`not ${isKnown}`,
        }),
        attempt: entry.mail({
          recipient: email,
          template: "sign-up-attempt",
          data: { signInUrl: `${appUrl}/login`, resetUrl: `${appUrl}/forgot-password` },
          also: isKnown,
        }),
      };
    },
  });
  return { ok: true, signUp: id, email } as const;
}

const UNPROVEN = "A sign-up belongs to no one until its address is proved.";
const BY_LINK = "Nobody is signed in yet, so a sign-up is found by its link, id or address.";

/**
 * Runs the same batch for every id. A known address gets a new link in its row too, though it is never sent: otherwise round
 * trips and time would reveal which address has an account.
 */
export async function resendVerification(grant: Public, { signUp: id }: { signUp: string }) {
  const { now, appUrl } = grant;
  const token = newToken();
  await change(grant, {
    unlogged: UNPROVEN,
    makes: (entry) => {
      const { db, when } = entry.unsafe(BY_LINK);
      return {
        link: db
          .update(signUp)
          .set({ tokenHash: digest(token), expiresAt: linkExpiry(now) })
          .where(and(eq(signUp.id, id), isNull(signUp.usedAt), when)),
        mail: entry.mail({
          recipient: sql`(select ${signUp.email} from ${signUp} where ${signUp.id} = ${id})`,
          template: "verify-email",
          data: { url: verificationUrl(appUrl, token), minutes: VERIFICATION_LINK_MINUTES },
          also: sql`changes() = 1 and not exists (select 1 from ${signUp} where ${signUp.id} = ${id} and ${isKnown})`,
        }),
      };
    },
  });
  return { ok: true, signUp: id } as const;
}

/** For a mistyped address: deletes its sign-up and link, and returns what was typed. Works only in the browser that signed up. */
export async function takeBackSignUp(grant: Public, { signUp: id }: { signUp: string }) {
  const { made } = await change(grant, {
    unlogged: UNPROVEN,
    makes: (entry) => {
      const { db, when } = entry.unsafe(BY_LINK);
      return {
        gone: db
          .delete(signUp)
          .where(and(eq(signUp.id, id), isNull(signUp.usedAt), isHere(grant.signUpBrowser), when))
          .returning({ name: signUp.name, email: signUp.email, redirectTo: signUp.redirectTo }),
      };
    },
  });
  return { ok: true, typed: made.gone[0] ?? null } as const;
}

export type LinkState =
  | { state: "open"; isHere: boolean; email: string }
  | { state: "expired"; signUp: string }
  | { state: "used" }
  | { state: "unknown" };

/** The state of a verification link. Reading it does not use up the link, so a mail scanner can open it. */
export function linkState(scope: Scope<"public">, { token }: { token: string }): Plan<LinkState> {
  const { unsafe, now, signUpBrowser } = scope;
  const found = unsafe(BY_LINK)
    .select({
      id: signUp.id,
      email: signUp.email,
      isHere: isHere(signUpBrowser),
      usedAt: signUp.usedAt,
      expiresAt: signUp.expiresAt,
      isKnown: isTrue(sql`${isKnown} or ${isReserved(sql`${signUp.email}`, now)}`),
    })
    .from(signUp)
    .where(eq(signUp.tokenHash, digest(token)));
  return plan({ found }, ({ found: [row] }) => {
    if (row === undefined) return { state: "unknown" };
    const { id, email, isHere, usedAt, expiresAt, isKnown } = row;
    if (usedAt !== null || isKnown) return { state: "used" };
    return expiresAt <= now ? { state: "expired", signUp: id } : { state: "open", isHere, email };
  });
}

function isHere({ hash }: SignUpBrowser): SQL<boolean> {
  return isTrue(sql`(${signUp.browserHash} is not null and ${signUp.browserHash} is ${hash})`);
}

/** Proves only the address: its owner, or the browser that signed up, chooses name and password. Works once, even in parallel. */
export async function proveAddress(grant: Public, { token, name, password }: ProveAddress) {
  if (name === undefined || password === undefined) return settle(grant, { token, chosen: null });
  const open = grant.unsafe(BY_LINK).select({ email: signUp.email }).from(signUp).where(isOpen(grant, token));
  // Only someone with an open link can make the server compute a hash.
  const { links } = await grant.read({ links: open });
  const [link] = links;
  if (link === undefined) return { ok: false, reason: "link-closed" } as const;
  const weakness = await weaknessOf(password, { email: link.email, name });
  if (weakness !== null) return { ok: false, reason: weakness } as const;
  return settle(grant, { token, chosen: { name, passwordHash: await hashPassword(password) } });
}

function isOpen({ now }: Pick<Public, "now">, token: string) {
  return and(
    eq(signUp.tokenHash, digest(token)),
    isNull(signUp.usedAt),
    gt(signUp.expiresAt, now),
    not(isKnown),
    sql`not ${isReserved(sql`${signUp.email}`, now)}`,
  );
}

type Settling = { token: string; chosen: { name: string; passwordHash: string } | null };

/** If `chosen` is null, the sign-up's name and password are taken, which count only in the browser that signed up. */
async function settle(grant: Public, { token, chosen }: Settling) {
  const { now, locale, signUpBrowser, unsafe } = grant;
  const tokenHash = digest(token);
  const userId = grant.newId();
  const open = and(isOpen(grant, token), chosen === null ? isHere(signUpBrowser) : undefined);
  const made = eq(user.id, userId);
  const isMade = sql`exists (select 1 from ${user} where ${made})`;
  const { statements, keep } = grant.signIns().opening(userId, { method: "link", factors: 1, holds: sql`true` });
  const { made: rows, facts } = await change(grant, {
    unlogged: "The new person's session has its own entry.",
    makes: (entry) => {
      const { db } = entry.unsafe(BY_LINK);
      return {
        user: db.insert(user).select(
          db
            .select({
              id: sql<string>`${userId}`.as("id"),
              name: sql<string>`${chosen?.name ?? sql`${signUp.name}`}`.as("name"),
              email: signUp.email,
              emailVerified: sql<boolean>`1`.as("email_verified"),
              image: sql<null>`null`.as("image"),
              locale: sql<string | null>`${chosen === null ? sql`${signUp.locale}` : locale}`.as("locale"),
              theme: sql<null>`null`.as("theme"),
              color: sql<null>`null`.as("color"),
              font: sql<null>`null`.as("font"),
              timeZone: sql<null>`null`.as("time_zone"),
              browserTimeZone: sql<null>`null`.as("browser_time_zone"),
              createdAt: sql<Date>`${now.getTime()}`.as("created_at"),
              updatedAt: sql<Date>`${now.getTime()}`.as("updated_at"),
            })
            .from(signUp)
            .where(open),
        ),
        account: db.run(sql`
          insert into ${account} (id, user_id, provider_id, account_id, password)
          select ${grant.newId()}, ${userId}, 'credential', ${userId}, ${chosen?.passwordHash ?? sql`${signUp.passwordHash}`}
          from ${signUp} where ${signUp.tokenHash} = ${tokenHash} and ${isMade}`),
        used: db
          .update(signUp)
          .set({ usedAt: now, passwordHash: "" })
          .where(and(eq(signUp.tokenHash, tokenHash), isMade)),
        others: db
          .delete(signUp)
          .where(
            and(
              isNull(signUp.usedAt),
              ne(signUp.tokenHash, tokenHash),
              sql`${signUp.email} = (select ${user.email} from ${user} where ${made})`,
            ),
          ),
        invitations: tellOfInvitations(entry, { userId, now }),
        ...statements,
      };
    },
    facts: {
      proved: unsafe(BY_LINK)
        .select({ redirectTo: signUp.redirectTo })
        .from(signUp)
        .innerJoin(user, and(made, eq(user.email, signUp.email)))
        .where(and(eq(signUp.tokenHash, tokenHash), isNotNull(signUp.usedAt))),
      // A link that is still open means that this browser did not sign up, and has to choose name and password.
      left: unsafe(BY_LINK).select({ id: signUp.id }).from(signUp).where(isOpen(grant, token)),
    },
  });
  const [proved] = facts.proved;
  if (proved === undefined) {
    return { ok: false, reason: facts.left.length === 0 ? "link-closed" : "to-choose" } as const;
  }
  grant.after((uncounted) => makeSearchTexts(uncounted, userId));
  await keep(rows);
  signUpBrowser.forget();
  return { ok: true, redirectTo: whereTo(proved.redirectTo, chosen === null) } as const;
}

/** Ignores the `redirectTo` of a stranger's sign-up, except for an invitation or invite link, whose page asks first. */
function whereTo(redirectTo: string | null, isOwnChoice: boolean): string {
  if (redirectTo === null) return "/";
  const asksFirst = [href("/accept-invite"), href("/join")].some((path) => redirectTo.startsWith(`${path}?`));
  return isOwnChoice || asksFirst ? redirectTo : "/";
}

/** For a change that makes a person: puts the invitations from before they had an account into their notifications. */
export function tellOfInvitations(entry: Pick<Writer, "news">, { userId, now }: { userId: string; now: Date }) {
  return entry.news({
    type: "invitation-received",
    to: sql`
      select ${user.id} as user_id, ${invitation.id} as invitation_id, ${invitation.role}, ${organization.id} as organization_id, ${organization.name}
      from ${invitation} join ${organization} on ${organization.id} = ${invitation.organizationId}
      join ${user} on ${user.id} = ${userId} and ${user.email} = ${invitation.email}
      where ${isOpenInvitation(now)} and ${isHeldInvitation(now)}`,
    organization: { id: sql`recipient.organization_id`, name: sql`recipient.name` },
    role: sql`recipient.role`,
    invitationId: sql`recipient.invitation_id`,
  });
}

/** Also found for an address with an account: otherwise the response to the password would reveal the account. */
export function newestOpenSignUp({ unsafe }: Pick<Public, "unsafe">, email: string) {
  return unsafe(BY_LINK)
    .select({ id: signUp.id, passwordHash: signUp.passwordHash })
    .from(signUp)
    .where(and(eq(signUp.email, email), isNull(signUp.usedAt)))
    .orderBy(desc(signUp.createdAt))
    .limit(1);
}

const isKnown = sql`exists (select 1 from ${user} where ${user.email} = ${signUp.email})`;

function linkExpiry(now: Date): Date {
  return new Date(now.getTime() + VERIFICATION_LINK_MINUTES * MINUTE_MS);
}

function verificationUrl(appUrl: string, token: string): string {
  return `${appUrl}/verify-email?token=${token}`;
}
