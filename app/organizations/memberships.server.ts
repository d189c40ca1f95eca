import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import type { Role } from "./permissions.ts";

export type Membership = {
  id: string;
  name: string;
  slug: string;
  /** The id of its file. */
  logo: string | null;
  role: Role;
  members: number;
};

/** The organizations of whoever asks, by name. */
export function myOrganizations({ db, userId }: Scope<"self" | "dashboard:read">): Plan<Membership[]> {
  const memberships = db
    .select({
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      logo: organization.logo,
      role: member.role,
      members: sql<number>`(select count(*) from member as other where other.organization_id = ${organization.id})`,
    })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(sql`${organization.name} collate nocase`, asc(organization.id));
  return plan({ memberships }, (rows) => rows.memberships);
}

/** The slug of the organization this person was in last, or null for a person without one. */
export function lastUsedOrganization({ db, userId }: Scope<"self">): Plan<string | null> {
  const found = db
    .select({ slug: organization.slug })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(desc(member.lastActiveAt), desc(member.createdAt))
    .limit(1);
  return plan({ found }, ({ found: [last] }) => last?.slug ?? null);
}

export type WaitingInvitation = {
  id: string;
  organizationName: string;
  role: Role;
  /** Null: the inviter has left. */
  inviterName: string | null;
  /** Milliseconds. */
  expiresAt: number;
};

/** Invitations that wait for this person: pending, not run out, to the address they have proved. */
export function waitingInvitations({ db, userId, now }: Scope<"self">): Plan<WaitingInvitation[]> {
  const provedAddress = db
    .select({ email: user.email })
    .from(user)
    .where(and(eq(user.id, userId), eq(user.emailVerified, true)));
  const waiting = db
    .select({
      id: invitation.id,
      organizationName: organization.name,
      role: invitation.role,
      inviterName: user.name,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(
      and(
        eq(invitation.email, sql`(${provedAddress})`),
        eq(invitation.status, "pending"),
        gt(invitation.expiresAt, now),
      ),
    )
    .orderBy(asc(invitation.createdAt));
  return plan({ waiting }, (rows) => rows.waiting.map((row) => ({ ...row, expiresAt: row.expiresAt.getTime() })));
}
