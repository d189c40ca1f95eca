import { aliasedTable, and, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { mail } from "#app/db/schema/mail.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { idOnce } from "#app/fields/once.server.ts";
import type { Grant, SteppingUp } from "#app/operation/grant.server.ts";
import { countAttempt, isBelow, type RateLimit } from "#app/operation/limits.server.ts";
import { isFullOrganization, isHeldInvitation, isOpenInvitation } from "#app/tenancy/inviting.ts";
import { isNoKeyWithout } from "#app/tenancy/key-rules.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { digest } from "#app/tokens.server.ts";
import { INVITATION_DAYS, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import { silencedBy } from "./ending.server.ts";
import { expiredBy } from "./expiry.server.ts";
import { isSparedAddress } from "./invitation-limits.server.ts";
import { invitationPath } from "./invitation-link.ts";
import type { InvitationId } from "./schemas.ts";

type Inviting = Grant<"invitation:create" | "invitation:update" | "invitation:delete">;
type Which = { invitation: InvitationId };

export type NotCreated =
  | "already-member"
  | "already-invited"
  | "too-many-pending"
  | "organization-full"
  | "owners-only"
  | "stale"
  | "enough-today"
  | "limit-reached";

export type NewInvitation = {
  email: string;
  role: Role;
  once?: string | undefined;
  message?: string | null;
  /** Limits that the door has not counted: it counts one invitation per form. */
  counted?: readonly RateLimit[];
};

/** SQL enforces one open per address and 100 in all. Inviting an owner takes a fresh proof. A form sent twice invites once. */
export async function createInvitation(
  grant: SteppingUp<Grant<"invitation:create">>,
  { email, role, once, message = null, counted = [] }: NewInvitation,
): Promise<{ ok: true; id: string } | { ok: false; reason: NotCreated }> {
  const { organizationId, actor, newId, now } = grant;
  if (!grant.rules.includes(role)) return { ok: false, reason: "owners-only" };
  if (role === "owner" && grant.fresh === null) return { ok: false, reason: "stale" };
  const id = idOnce({ once, equal: [organizationId, email, role], actor, newId });
  const mailId = newId();
  const asked = factsOf(grant, email);
  const isBelowLimits = and(sql`1`, ...counted.map((limit) => isBelow(limit, now))) as SQL;
  const { facts } = await change(role === "owner" ? (grant.fresh ?? grant) : grant, {
    action: "invitation.created",
    target: { id, name: email },
    after: { role },
    where: [
      sql`not exists (select 1 from ${invitation} where ${grant.rows(invitation, eq(invitation.id, id))})`,
      ...isFit(asked),
      isBelowLimits,
    ],
    first: (may) =>
      expiredBy(may, { now, by: grant.userId, which: grant.rows(invitation, eq(invitation.email, email)) }),
    makes: (entry) => ({
      ...countedBy(entry, counted, now),
      mail: entry.mail(invitationMail(grant, { mailId, email, role, id, message })),
      invitation: entry.insert(invitation, {
        ...{ id, tokenHash: digest(grant.tokenFor(`invitation:${id}`)), email, role, ...inviterOf(grant) },
        ...{ mailId: writtenMail(mailId), expiresAt: expiryFrom(now), createdAt: now },
      }),
      news: entry.news({
        type: "invitation-received",
        to: sql`select id as user_id from ${user} where ${user.email} = ${email} and ${user.emailVerified}`,
        organization: grant.organization,
        role,
        invitationId: id,
      }),
    }),
    facts: (entry) => ({ ...statesOf(grant, id), asked: entry.asks({ ...asked, isBelowLimits }) }),
  });
  const [[made], [found]] = [facts.found, facts.asked];
  if (made?.status === "pending") return { ok: true, id };
  // The invitation that this form made earlier has ended since.
  if (made !== undefined) return createInvitation(grant, { email, role, message, counted });
  if (found?.isMember) return { ok: false, reason: "already-member" };
  if (found?.isInvited) return { ok: false, reason: "already-invited" };
  if (!found?.isBelowMembers) return { ok: false, reason: "organization-full" };
  if (!found.isBelowLimits) return { ok: false, reason: "limit-reached" };
  return { ok: false, reason: found.isBelowPending ? "enough-today" : "too-many-pending" };
}

function countedBy(entry: Writer, limits: readonly RateLimit[], now: Date) {
  const { db, when } = entry.unsafe("The batch that invites also counts, so a refused invitation does not count.");
  return Object.fromEntries(limits.map((limit, at) => [`counted${at}`, countAttempt(db, limit, { now, when })]));
}

type NotChanged = "not-found" | "owners-only";
type Changed<R extends string = NotChanged> = { ok: true } | { ok: false; reason: R };

/** Also for an expired invitation. The link stays the same; the new sender vouches for it. For an owner, takes a fresh proof. */
export async function resendInvitation(
  grant: SteppingUp<Grant<"invitation:update">>,
  { invitation: id }: Which,
): Promise<Changed<NotChanged | "may-not-invite" | Exclude<NotCreated, "owners-only" | "limit-reached">>> {
  const { now } = grant;
  const mailId = grant.newId();
  const email = sql`(select email from ${invitation} where ${grant.rows(invitation, eq(invitation.id, id))})`;
  const role = sql`(select role from ${invitation} where ${grant.rows(invitation, eq(invitation.id, id))})`;
  const isOpen = isOpenInvitation(now);
  const { isBelowPending, ...asked } = factsOf(grant, invitation.email, id);
  const open = openOf(grant, id, WITHOUT_ANSWER);
  const { isMade, facts } = await change(grant, {
    action: "invitation.resent",
    ...open,
    where: [
      ...open.where,
      ...isFit({ ...asked, isBelowPending: sql`(${isOpen} or ${isBelowPending})` }),
      or(ne(invitation.role, "owner"), grant.isProven),
      mayVouch(grant),
    ],
    first: (may) =>
      expiredBy(may, {
        ...{ now, by: grant.userId },
        which: grant.rows(invitation, sql`${invitation.email} = ${email}`, ne(invitation.id, id)),
      }),
    makes: (entry) => ({
      mail: entry.mail(invitationMail(grant, { mailId, email, role, id })),
      mailBefore: silencedBy(entry, {
        which: grant.rows(invitation, eq(invitation.id, id), sql`${writtenMail(mailId)} is not null`),
      }).endedMails,
      invitation: entry.update(
        invitation,
        {
          status: "pending",
          ...inviterOf(grant),
          mailId: sql`coalesce(${writtenMail(mailId)}, ${invitation.mailId})`,
          expiresAt: expiryFrom(now),
          tokenHash: digest(grant.tokenFor(`invitation:${id}`)),
        },
        eq(invitation.id, id),
      ),
    }),
    facts: {
      found: grant
        .select({
          role: invitation.role,
          status: invitation.status,
          mayVouch: isTrue(mayVouch(grant)),
          isInvited: isTrue(asked.isInvited),
          isMember: isTrue(asked.isMember),
          isBelowMembers: isTrue(asked.isBelowMembers),
          isBelowPending: isTrue(sql`(${isOpen} or ${isBelowPending})`),
        })
        .from(invitation)
        .where(eq(invitation.id, id)),
    },
  });
  const [found] = facts.found;
  if (isMade) return { ok: true };
  if (found === undefined || !WITHOUT_ANSWER.includes(found.status)) return { ok: false, reason: "not-found" };
  if (!grant.rules.includes(found.role)) return { ok: false, reason: "owners-only" };
  if (found.role === "owner" && grant.fresh === null) return { ok: false, reason: "stale" };
  if (!found.mayVouch) return { ok: false, reason: "may-not-invite" };
  if (found.isMember) return { ok: false, reason: "already-member" };
  if (found.isInvited) return { ok: false, reason: "already-invited" };
  if (!found.isBelowMembers) return { ok: false, reason: "organization-full" };
  return { ok: false, reason: found.isBelowPending ? "enough-today" : "too-many-pending" };
}

/**
 * The person who gives the role vouches for the invitation from now on: an owner can let an admin's invitation make an owner. An
 * invitation that no longer holds is valid again, even if its role stays the same.
 */
export async function changeInvitationRole(
  grant: SteppingUp<Grant<"invitation:update">>,
  { invitation: id, role }: Which & { role: Role },
): Promise<Changed<NotChanged | "stale" | "may-not-invite">> {
  if (!grant.rules.includes(role)) return { ok: false, reason: "owners-only" };
  if (role === "owner" && grant.fresh === null) return { ok: false, reason: "stale" };
  const open = openOf(grant, id, ["pending"]);
  const { facts } = await change(role === "owner" ? (grant.fresh ?? grant) : grant, {
    action: "invitation.role-changed",
    ...open,
    before: { role: invitation.role },
    after: { role },
    where: [...open.where, or(ne(invitation.role, role), sql`not ${isHeldInvitation(grant.now)}`), mayVouch(grant)],
    makes: (entry) => ({ role: entry.update(invitation, { role, ...inviterOf(grant) }, eq(invitation.id, id)) }),
    facts: {
      ...statesOf(grant, id),
      vouching: grant.select({ id: organization.id }).from(organization).where(mayVouch(grant)),
    },
  });
  if (facts.vouching.length === 0) return { ok: false, reason: "may-not-invite" };
  const [found] = facts.found;
  return found?.role === role && found.status === "pending" ? { ok: true } : whyNot(facts, ["pending"]);
}

export async function revokeInvitation(grant: Grant<"invitation:delete">, { invitation: id }: Which): Promise<Changed> {
  const { facts } = await change(grant, {
    action: "invitation.revoked",
    ...openOf(grant, id, WITHOUT_ANSWER),
    makes: (entry) => ({
      ...silencedBy(entry, { which: grant.rows(invitation, eq(invitation.id, id)) }),
      invitation: entry.update(invitation, { status: "revoked" }, eq(invitation.id, id)),
    }),
    facts: statesOf(grant, id),
  });
  return facts.found[0]?.status === "revoked" ? { ok: true } : whyNot(facts, WITHOUT_ANSWER);
}

type Status = (typeof invitation.$inferSelect)["status"];

const WITHOUT_ANSWER: readonly Status[] = ["pending", "expired"];

function openOf(grant: Inviting, id: InvitationId, states: readonly Status[]) {
  return {
    from: invitation,
    target: { id: invitation.id, name: invitation.email },
    where: [eq(invitation.id, id), inArray(invitation.status, [...states]), inArray(invitation.role, [...grant.rules])],
  };
}

function statesOf(grant: Inviting, id: string) {
  return {
    found: grant
      .select({ role: invitation.role, status: invitation.status })
      .from(invitation)
      .where(eq(invitation.id, id)),
  };
}

type Found = { found: { status: Status }[] };

function whyNot({ found: [found] }: Found, states: readonly Status[]): { ok: false; reason: NotChanged } {
  return { ok: false, reason: found !== undefined && states.includes(found.status) ? "owners-only" : "not-found" };
}

const other = aliasedTable(invitation, "other");

function factsOf(grant: Inviting, email: string | typeof invitation.email, except?: InvitationId) {
  const isOpen = isOpenInvitation(grant.now, sql`other`);
  const isAnother = except === undefined ? undefined : ne(other.id, except);
  return {
    isMember: sql`exists (
      select 1 from ${member} join ${user} on ${user.id} = ${member.userId}
      where ${grant.rows(member, sql`${user.email} = ${email}`)})`,
    isInvited: sql`exists (
      select 1 from ${invitation} as other where ${grant.rows(other, sql`${other.email} = ${email}`, isOpen, isAnother)})`,
    isBelowPending: sql`(
      select count(*) from ${invitation} as other where ${grant.rows(other, isOpen)}) < ${PENDING_INVITATIONS_MAXIMUM}`,
    isSpared: isSparedAddress(email),
    isBelowMembers: sql`exists (
      select 1 from ${organization} where ${grant.rows(organization, sql`not ${isFullOrganization()}`)})`,
  };
}

function isFit({ isMember, isInvited, isBelowPending, isBelowMembers, isSpared }: ReturnType<typeof factsOf>): SQL[] {
  return [sql`not ${isMember}`, sql`not ${isInvited}`, isBelowPending, isBelowMembers, isSpared];
}

/** Only a caller who may invite can vouch. Every role that changes invitations may invite; a key can lack that permission. */
function mayVouch({ actor }: Inviting): SQL {
  return isNoKeyWithout("invitation:create", actor);
}

function inviterOf({ userId, actor }: Inviting) {
  return { inviterId: userId, inviterKeyId: actor.kind === "key" ? actor.id : null };
}

type Mailed = { mailId: string; email: string | SQL; role: Role | SQL; id: string; message?: string | null };

function invitationMail(grant: Inviting, { mailId, email, role, id, message = null }: Mailed) {
  return {
    id: mailId,
    recipient: email,
    template: "invitation" as const,
    data: {
      organization: grant.organization.name,
      inviter: grant.callerName,
      role,
      days: INVITATION_DAYS,
      message,
      url: grant.appUrl + invitationPath(grant.tokenFor(`invitation:${id}`)),
    },
  };
}

/** SQL for the mail's id; null if the address has had enough mail for the day, when the link can still be copied. */
function writtenMail(id: string): SQL {
  return sql`(select ${mail.id} from ${mail} where ${mail.id} = ${id})`;
}

function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
}
