import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { markClosed, notificationStatement } from "#app/notifications/statements.server.ts";
import type { Grant, Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { digest } from "#app/request/tokens.server.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "../limits.ts";
import type { Role } from "../permissions.ts";

export type Preview = {
  organizationName: string;
  /** Null for everybody but members. */
  slug: string | null;
} & (
  | { state: "expired" | "revoked" | "declined" | "accepted" }
  | {
      state: "open";
      email: string;
      role: Role;
      /** Null: the inviter's account is gone. */
      inviterName: string | null;
      /** Milliseconds. */
      expiresAt: number;
      /** Null: nobody is signed in. */
      viewer: { email: string; isInvited: boolean } | null;
    }
);

/**
 * What an invitation's link shows, to anybody who has it: reading it joins nothing. `name` is the token of the link, or its
 * id to the person it is for. Null: there is none.
 */
export function invitationPreview({ db, userId, now }: Scope<"public">, name: string): Plan<Preview | null> {
  const found = db
    .select({
      status: invitation.status,
      organizationName: organization.name,
      slug: organization.slug,
      email: invitation.email,
      role: invitation.role,
      inviterName: user.name,
      expiresAt: invitation.expiresAt,
      isMember: sql<number>`exists (
        select 1 from ${member} where ${member.organizationId} = ${invitation.organizationId} and ${member.userId} = ${userId})`,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(
      or(
        eq(invitation.tokenHash, digest(name)),
        // In the product itself an invitation goes by its id, and whoever is not invited knows none.
        and(
          eq(invitation.id, name),
          sql`${invitation.email} = (
          select email from user as viewer where viewer.id = ${userId} and viewer.email_verified)`,
        ),
      ),
    );
  const person = db.select({ email: user.email, isProved: user.emailVerified }).from(user).where(eq(user.id, userId));
  return plan({ found, person }, ({ found: [row], person: [viewer] }) => {
    if (row === undefined) return null;
    const { status, organizationName, email, role, inviterName, expiresAt } = row;
    const shared = { organizationName, slug: row.isMember ? row.slug : null };
    if (status !== "pending") return { ...shared, state: status };
    if (expiresAt <= now) return { ...shared, state: "expired" };
    return {
      ...shared,
      state: "open",
      email,
      role,
      inviterName,
      expiresAt: expiresAt.getTime(),
      viewer: viewer ? { email: viewer.email, isInvited: viewer.isProved && viewer.email === email } : null,
    };
  });
}

type Refusal = "not-found" | "wrong-account" | "expired" | "closed" | "organization-full" | "too-many-owned";

/** Joins, when the invitation is open, to the address this person has proved, and there is room; in one batch. */
export async function acceptInvitation(
  grant: Grant<"self">,
  name: string,
): Promise<{ ok: true; slug: string } | { ok: false; reason: Refusal }> {
  const { db, userId, now } = grant;
  const isAddressed = isCalled(name);
  const isMember = sql`exists (
    select 1 from ${member} where ${member.organizationId} = ${invitation.organizationId} and ${member.userId} = ${userId})`;
  const isFull = sql`${organization.memberCount} >= ${organization.memberLimit}`;
  const ownsTooMany = sql`(${invitation.role} = 'owner' and (
    select count(*) from ${member} where ${member.userId} = ${userId} and ${member.role} = 'owner')
    >= ${ORGANIZATIONS_OWNED_MAXIMUM})`;
  const change = audited(grant, {
    action: "member.joined",
    organizationId: sql`${organization.id}`,
    target: { id: sql`${user.id}`, name: sql`${user.name}` },
    after: sql`json_object('role', ${invitation.role})`,
    from: sql`${openTo(grant, name)} and ${grant.stillMay} and not ${isMember} and not ${isFull} and not ${ownsTooMany}`,
  });
  const organizationId = sql`(select organization_id from ${invitation} where ${isAddressed})`;
  const role = sql`(select role from ${invitation} where ${isAddressed})`;
  const [, , , , , [found]] = await grant.commit([
    change.entry,
    db.run(sql`
      insert into ${member} (id, organization_id, user_id, role, last_active_at, created_at)
      select ${grant.newId()}, ${invitation.organizationId}, ${userId}, ${invitation.role}, ${now.getTime()}, ${now.getTime()}
      from ${invitation} where ${isAddressed} and ${change.isWritten}`),
    // Also for whoever was a member already: the invitation has done what it was for.
    db
      .update(invitation)
      .set({ status: "accepted" })
      .where(and(isAddressed, eq(invitation.status, "pending"), isMember, isTo(grant))),
    notificationStatement(grant, {
      type: "member-joined",
      to: sql`select user_id from member where organization_id = ${organizationId} and role in ('admin', 'owner')`,
      organization: { id: organizationId, name: sql`(select name from organization where id = ${organizationId})` },
      role,
      when: change.isWritten,
    }),
    markAnswered(grant, name),
    db
      .select({
        slug: organization.slug,
        status: invitation.status,
        expiresAt: invitation.expiresAt,
        isMine: sql<number>`${isTo(grant)}`,
        isMember: sql<number>`${isMember}`,
        isFull: sql<number>`${isFull}`,
      })
      .from(invitation)
      .innerJoin(organization, eq(organization.id, invitation.organizationId))
      .where(isAddressed),
  ]);
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (!found.isMine) return { ok: false, reason: "wrong-account" };
  if (found.isMember) return { ok: true, slug: found.slug };
  if (found.status !== "pending") return { ok: false, reason: found.status === "expired" ? "expired" : "closed" };
  if (found.expiresAt <= now) return { ok: false, reason: "expired" };
  return { ok: false, reason: found.isFull ? "organization-full" : "too-many-owned" };
}

/** Says no. The inviter hears of it, or the owners when the inviter has gone. */
export async function declineInvitation(
  grant: Grant<"self">,
  name: string,
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "wrong-account" | "closed" }> {
  const { db } = grant;
  const isAddressed = isCalled(name);
  const change = audited(grant, {
    action: "invitation.declined",
    organizationId: sql`${organization.id}`,
    target: { id: sql`${invitation.id}`, name: sql`${invitation.email}` },
    from: sql`${openTo(grant, name)} and ${grant.stillMay}`,
  });
  const organizationId = sql`(select organization_id from ${invitation} where ${isAddressed})`;
  const inviter = sql`(select inviter_id from ${invitation} where ${isAddressed})`;
  const [, declined, , , [found]] = await grant.commit([
    change.entry,
    db
      .update(invitation)
      .set({ status: "declined" })
      .where(and(isAddressed, change.isWritten))
      .returning({ id: invitation.id }),
    notificationStatement(grant, {
      type: "invitation-declined",
      to: sql`select user_id from member where organization_id = ${organizationId} and (user_id = ${inviter} or (
        role = 'owner' and not exists (
          select 1 from member as still where still.organization_id = ${organizationId} and still.user_id = ${inviter})))`,
      organization: { id: organizationId, name: sql`(select name from organization where id = ${organizationId})` },
      invitationId: sql`(select id from ${invitation} where ${isAddressed})`,
      when: change.isWritten,
    }),
    markAnswered(grant, name),
    db
      .select({ status: invitation.status, isMine: sql<number>`${isTo(grant)}` })
      .from(invitation)
      .where(isAddressed),
  ]);
  if (declined.length === 1 || (found?.isMine && found.status === "declined")) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  return { ok: false, reason: found.isMine ? "closed" : "wrong-account" };
}

/** By the token of its link, or by its id. Whoever answers must be whom it is for, whichever they have. */
function isCalled(name: string): SQL {
  return sql`(${invitation.tokenHash} = ${digest(name)} or ${invitation.id} = ${name})`;
}

/** The invitation to the address that this very person has proved. */
function isTo({ userId }: Grant<"self">): SQL {
  return sql`exists (
    select 1 from ${user} where ${user.id} = ${userId} and ${user.emailVerified} and ${user.email} = ${invitation.email})`;
}

function openTo({ userId, now }: Grant<"self">, name: string): SQL {
  return sql`from ${invitation}
    join ${organization} on ${organization.id} = ${invitation.organizationId}
    join ${user} on ${user.id} = ${userId} and ${user.emailVerified} and ${user.email} = ${invitation.email}
    where ${isCalled(name)} and ${invitation.status} = 'pending'
      and ${invitation.expiresAt} > ${now.getTime()}`;
}

/** What told of the invitation has nothing left to ask. */
function markAnswered({ db, userId, now }: Grant<"self">, name: string) {
  const isAnswered = sql`${notification.invitationId} = (
    select id from ${invitation} where ${isCalled(name)} and ${invitation.status} <> 'pending')`;
  return markClosed({ db, now }, sql`${notification.userId} = ${userId} and ${isAnswered}`);
}
