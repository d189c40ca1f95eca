import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import { markClosed, notificationStatement } from "#app/notifications/statements.server.ts";
import type { Grant, SteppingUp } from "#app/request/grant.server.ts";
import { idOnce } from "#app/request/once.server.ts";
import { digest } from "#app/request/tokens.server.ts";
import { INVITATION_DAYS, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import { type Role, rolesRuledBy } from "../permissions.ts";
import { isSparedAddress } from "./invitation-limits.server.ts";
import { invitationPath } from "./invitation-link.ts";
import type { InvitationId } from "./schemas.ts";

type Inviting = Grant<"invitation:create" | "invitation:update" | "invitation:delete">;

type NotCreated =
  | "already-member"
  | "already-invited"
  | "too-many-pending"
  | "organization-full"
  | "owners-only"
  | "stale"
  | "enough-today";

/**
 * Invites an address. One open invitation an address, a hundred an organization: both hold inside the statement. Whoever invites
 * an owner has just proved who they are. The same form sent twice invites once.
 */
export async function createInvitation(
  grant: SteppingUp<Grant<"invitation:create">>,
  { email, role, once }: { email: string; role: Role; once?: string | undefined },
): Promise<{ ok: true; email: string } | { ok: false; reason: NotCreated | "not-allowed" }> {
  const { db, organizationId, userId, newId, now } = grant;
  if (!rolesRuledBy(grant.role).includes(role)) return { ok: false, reason: "owners-only" };
  if (role === "owner" && grant.fresh === null) return { ok: false, reason: "stale" };
  const { stillMay } = role === "owner" && grant.fresh !== null ? grant.fresh : grant;
  const id = idOnce({ once, equal: [organizationId, email, role], userId, newId });
  const made = sql`select status from ${invitation} where ${invitation.id} = ${id} and ${invitation.organizationId} = ${organizationId}`;
  const mailId = grant.newId();
  const facts = factsOf(grant, email);
  const change = audited(grant, {
    action: "invitation.created",
    target: { id, name: email },
    after: { role },
    from: sql`where ${stillMay} and not exists (${made})
      and not ${facts.isMember} and not ${facts.isInvited} and ${facts.isBelowPending} and ${facts.isBelowMembers} and ${facts.isSpared}`,
  });
  const [, , , , , [found]] = await grant.commit([
    expireInvitation(grant, email),
    change.entry,
    invitationMail(grant, { mailId, email, role, invitationId: id, when: change.isWritten }),
    db.run(sql`
      insert into ${invitation}
        (id, token_hash, organization_id, email, role, inviter_id, mail_id, expires_at, created_at)
      select ${id}, ${digest(grant.tokenFor(`invitation:${id}`))}, ${organizationId}, ${email}, ${role}, ${grant.userId}, ${writtenMail(mailId)},
        ${expiryFrom(now).getTime()}, ${now.getTime()}
      where ${change.isWritten}`),
    notificationStatement(grant, {
      type: "invitation-received",
      to: sql`select id as user_id from ${user} where ${user.email} = ${email} and ${user.emailVerified}`,
      organization: grant.organization,
      role,
      invitationId: id,
      when: change.isWritten,
    }),
    db.all<Record<keyof typeof facts | "isStillAllowed", number> & { made: string | null }>(sql`
      select (${made}) as made, ${grant.stillMay} as isStillAllowed, ${facts.isMember} as isMember,
        ${facts.isSpared} as isSpared, ${facts.isInvited} as isInvited, ${facts.isBelowPending} as isBelowPending, ${facts.isBelowMembers} as isBelowMembers`),
  ]);
  grant.sendMail();
  if (found?.made === "pending") return { ok: true, email };
  // What this form made has come to its end since.
  if (found?.made) return createInvitation(grant, { email, role });
  if (!found?.isStillAllowed) return { ok: false, reason: "not-allowed" };
  if (found.isMember) return { ok: false, reason: "already-member" };
  if (found.isInvited) return { ok: false, reason: "already-invited" };
  if (!found.isBelowMembers) return { ok: false, reason: "organization-full" };
  return { ok: false, reason: found.isBelowPending ? "enough-today" : "too-many-pending" };
}

type NotChanged = "not-found" | "owners-only" | "not-allowed";
type Changed<R extends string = NotChanged> = { ok: true } | { ok: false; reason: R };

/**
 * Sends the mail once more and begins the days anew, also for an invitation that has run out. The link stays the same. Whoever
 * sends one that makes an owner has just proved who they are.
 */
export async function resendInvitation(
  grant: SteppingUp<Grant<"invitation:update">>,
  id: InvitationId,
): Promise<Changed<NotChanged | Exclude<NotCreated, "owners-only">>> {
  const { db, organizationId, now } = grant;
  const mailId = grant.newId();
  const isAnotherOpen = sql`exists (
    select 1 from invitation as other where other.organization_id = ${organizationId} and other.email = ${invitation.email}
      and other.status = 'pending' and other.expires_at > ${now.getTime()} and other.id <> ${id})`;
  const isOpen = sql`(${invitation.status} = 'pending' and ${invitation.expiresAt} > ${now.getTime()})`;
  const { isMember, isBelowPending, isBelowMembers, isSpared } = factsOf(grant, sql`${invitation.email}`);
  const change = audited(grant, {
    action: "invitation.resent",
    ...named,
    from: sql`${openHere(grant, id, WITHOUT_ANSWER)} and not ${isAnotherOpen} and not ${isMember}
      and ${isBelowMembers} and ${isSpared} and (${isOpen} or ${isBelowPending})
      and (${invitation.role} <> 'owner' or ${grant.fresh === null ? sql`false` : grant.fresh.stillMay})`,
  });
  const [, , , [resent], [found]] = await grant.commit([
    expireInvitation(grant, sql`(select email from ${invitation} where ${here(grant, id)})`, id),
    change.entry,
    invitationMail(grant, {
      mailId,
      email: sql`(select email from ${invitation} where ${here(grant, id)})`,
      role: sql`(select role from ${invitation} where ${here(grant, id)})`,
      invitationId: id,
      when: change.isWritten,
    }),
    db
      .update(invitation)
      .set({
        status: "pending",
        mailId: writtenMail(mailId),
        expiresAt: expiryFrom(now),
        tokenHash: digest(grant.tokenFor(`invitation:${id}`)),
      })
      .where(and(here(grant, id), change.isWritten))
      .returning({ id: invitation.id }),
    db
      .select({
        role: invitation.role,
        status: invitation.status,
        isAnotherOpen: sql<number>`${isAnotherOpen}`,
        isMember: sql<number>`${isMember}`,
        isBelowMembers: sql<number>`${isBelowMembers}`,
        isBelowPending: sql<number>`${isBelowPending}`,
        isSpared: sql<number>`${isSpared}`,
        isOpen: sql<number>`${isOpen}`,
      })
      .from(invitation)
      .where(here(grant, id)),
  ]);
  grant.sendMail();
  if (resent !== undefined) return { ok: true };
  if (found === undefined || !WITHOUT_ANSWER.includes(found.status)) return { ok: false, reason: "not-found" };
  if (!rolesRuledBy(grant.role).includes(found.role)) return { ok: false, reason: "owners-only" };
  if (found.role === "owner" && grant.fresh === null) return { ok: false, reason: "stale" };
  if (found.isMember) return { ok: false, reason: "already-member" };
  if (found.isAnotherOpen) return { ok: false, reason: "already-invited" };
  if (!found.isBelowMembers) return { ok: false, reason: "organization-full" };
  if (!found.isOpen && !found.isBelowPending) return { ok: false, reason: "too-many-pending" };
  return { ok: false, reason: found.isSpared ? "not-allowed" : "enough-today" };
}

/** Changes what an open invitation makes of whoever accepts it; for an owner, by whoever has just proved who they are. */
export async function changeInvitationRole(
  grant: SteppingUp<Grant<"invitation:update">>,
  { invitation: id, role }: { invitation: InvitationId; role: Role },
): Promise<Changed<NotChanged | "stale">> {
  const { db } = grant;
  if (!rolesRuledBy(grant.role).includes(role)) return { ok: false, reason: "owners-only" };
  if (role === "owner" && grant.fresh === null) return { ok: false, reason: "stale" };
  const giving = role === "owner" && grant.fresh !== null ? grant.fresh : grant;
  const change = audited(grant, {
    action: "invitation.role-changed",
    ...named,
    before: sql`json_object('role', ${invitation.role})`,
    after: { role },
    from: sql`${openHere(giving, id, ["pending"])} and ${invitation.role} <> ${role}`,
  });
  const [, , found] = await grant.commit([
    change.entry,
    db
      .update(invitation)
      .set({ role })
      .where(and(eq(invitation.id, id), change.isWritten)),
    statesOf(grant, id),
  ]);
  return found[0]?.role === role ? { ok: true } : whyNot(grant, found);
}

/** Takes an open invitation back: its link says so from then on. */
export async function revokeInvitation(grant: Grant<"invitation:delete">, id: InvitationId): Promise<Changed> {
  const { db, now } = grant;
  const change = audited(grant, {
    action: "invitation.revoked",
    ...named,
    from: openHere(grant, id, WITHOUT_ANSWER),
  });
  const [, , , found] = await grant.commit([
    change.entry,
    db
      .update(invitation)
      .set({ status: "revoked" })
      .where(and(eq(invitation.id, id), change.isWritten)),
    markClosed({ db, now }, sql`${notification.invitationId} = ${id} and ${change.isWritten}`),
    statesOf(grant, id),
  ]);
  return found[0]?.status === "revoked" ? { ok: true } : whyNot(grant, found);
}

const WITHOUT_ANSWER = ["pending", "expired"];

const named = { target: { id: sql`${invitation.id}`, name: sql`${invitation.email}` } };

function here({ organizationId }: Inviting, id: InvitationId) {
  return and(eq(invitation.id, id), eq(invitation.organizationId, organizationId));
}

/** An invitation without an answer that this person's role rules. */
function openHere(grant: Inviting, id: InvitationId, states: string[]): SQL {
  return sql`from ${invitation} where ${here(grant, id)} and ${invitation.status} in ${states}
    and ${grant.stillMay} and ${invitation.role} in ${rolesRuledBy(grant.role)}`;
}

function statesOf(grant: Inviting, id: InvitationId) {
  return grant.db.select({ role: invitation.role, status: invitation.status }).from(invitation).where(here(grant, id));
}

function whyNot(grant: Inviting, [found]: { role: Role; status: string }[]): { ok: false; reason: NotChanged } {
  if (found === undefined || !WITHOUT_ANSWER.includes(found.status)) return { ok: false, reason: "not-found" };
  return { ok: false, reason: rolesRuledBy(grant.role).includes(found.role) ? "not-allowed" : "owners-only" };
}

function factsOf({ organizationId, now }: Inviting, email: string | SQL) {
  return {
    isMember: sql`exists (
      select 1 from ${member} join ${user} on ${user.id} = ${member.userId}
      where ${member.organizationId} = ${organizationId} and ${user.email} = ${email})`,
    isInvited: sql`exists (
      select 1 from ${invitation} where ${invitation.organizationId} = ${organizationId} and ${invitation.email} = ${email}
        and ${invitation.status} = 'pending' and ${invitation.expiresAt} > ${now.getTime()})`,
    isBelowPending: sql`(
      select count(*) from invitation as other where other.organization_id = ${organizationId}
        and other.status = 'pending' and other.expires_at > ${now.getTime()}) < ${PENDING_INVITATIONS_MAXIMUM}`,
    isSpared: isSparedAddress(email),
    isBelowMembers: sql`exists (
      select 1 from ${organization} where ${organization.id} = ${organizationId}
        and ${organization.memberCount} < ${organization.memberLimit})`,
  };
}

/** One that has run out makes room for its successor, before the schedule gets to it. */
function expireInvitation({ db, organizationId, now }: Inviting, email: string | SQL, except?: string) {
  return db
    .update(invitation)
    .set({ status: "expired" })
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        sql`${invitation.email} = ${email}`,
        eq(invitation.status, "pending"),
        lte(invitation.expiresAt, now),
        except === undefined ? undefined : sql`${invitation.id} <> ${except}`,
      ),
    );
}

type InvitationMail = { mailId: string; email: string | SQL; role: Role | SQL; invitationId: string; when: SQL };

function invitationMail(grant: Inviting, { mailId, email, role, invitationId, when }: InvitationMail) {
  const { db, locale, appUrl, organization: to, viewer } = grant;
  return mailStatement(db, {
    id: mailId,
    recipient: email,
    locale,
    template: "invitation",
    data: {
      organization: to.name,
      inviter: viewer.name,
      role,
      days: INVITATION_DAYS,
      url: appUrl + invitationPath(grant.tokenFor(`invitation:${invitationId}`)),
    },
    when,
  });
}

/** Null when the address has had enough mail for the day: the link can still be copied. */
function writtenMail(id: string): SQL {
  return sql`(select ${mail.id} from ${mail} where ${mail.id} = ${id})`;
}

function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + INVITATION_DAYS * 86_400_000);
}
