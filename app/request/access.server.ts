import { and, eq, type SQL, sql } from "drizzle-orm";
import { isAlive } from "#app/auth/sessions/session-life.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { formerSlug, member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { type Permission, reachOf, rolesWith } from "#app/tenancy/permissions.ts";
import type { Reach, Role } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";

/** Whose rights are asked for: the session, and since when its person must have proved who they are. */
export type Asked = {
  sessionToken: string;
  now: Date;
  provenSince?: Date;
};

export const FRESH_MINUTES = 10;

export function freshSince(now: Date): Date {
  return new Date(now.getTime() - FRESH_MINUTES * 60_000);
}

export type AccessRow = {
  userId: string;
  /** The second factor is still to be given; until then the session opens nothing. */
  isHalf: boolean;
  factors: number;
  provenAt: Date;
  lastSeenAt: Date;
  organizationId: string | null;
  organizationName: string | null;
  organizationSlug: Slug | null;
  requiresSecondFactor: boolean | null;
  role: Role | null;
  lastActiveAt: Date | null;
  isLastUsed: boolean;
};

const isHalf = sql`(session.factors < 2 and exists (
  select 1 from ${authenticator} where ${authenticator.userId} = session.user_id))`.mapWith(Boolean);

function isLive({ sessionToken, now, provenSince }: Asked): SQL {
  const isFresh = provenSince === undefined ? sql`` : sql` and session.proven_at >= ${provenSince.getTime()}`;
  return sql`session.token = ${sessionToken} and ${isAlive(now)} and not ${isHalf}${isFresh}`;
}

/** No row: the session has ended. A row without a role: not a member, or no such organization, which nobody can tell apart. */
export function accessStatement(db: Database, { sessionToken, now }: Asked, slug: Slug | null) {
  const newestVisit = sql`(select max(other.last_active_at) from ${member} as other where other.user_id = ${session.userId})`;
  return db
    .select({
      userId: session.userId,
      isHalf,
      factors: session.factors,
      provenAt: session.provenAt,
      lastSeenAt: session.lastSeenAt,
      organizationId: organization.id,
      organizationName: organization.name,
      organizationSlug: sql<Slug>`${organization.slug}`,
      requiresSecondFactor: organization.requiresSecondFactor,
      role: member.role,
      lastActiveAt: member.lastActiveAt,
      isLastUsed: sql<boolean>`${member.lastActiveAt} >= ${newestVisit}`.mapWith(Boolean),
    })
    .from(session)
    .leftJoin(organization, eq(organization.id, slug === null ? sql`null` : organizationOf(slug, now)))
    .leftJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, session.userId)))
    .where(and(eq(session.token, sessionToken), isAlive(now)))
    .limit(1);
}

export function organizationOf(slug: Slug, now: Date): SQL<string> {
  return sql`(
    select ${organization.id} from ${organization} where ${organization.slug} = ${slug}
    union all select ${formerSlug.organizationId} from ${formerSlug}
    where ${formerSlug.slug} = ${slug} and ${formerSlug.heldUntil} > ${now.getTime()}
    limit 1)`;
}

// Both stand in every statement of a read, so they are written as text: the query builder would take them apart each time.

export function livePerson(asked: Asked): SQL<string> {
  return sql`(select session.user_id from session where ${isLive(asked)})`;
}

const hasFactorsFor = sql`(session.factors = 2 or not organization.requires_second_factor)`;

/** SQL for the organization of the URL, through a live session and a role that has the permission (as far as `reach`): null for all others. */
export function reachableOrganization(asked: Asked, slug: Slug, permission: Permission, reach?: Reach): SQL<string> {
  return sql`(
    select member.organization_id from session
    join member on member.user_id = session.user_id
    join organization on organization.id = member.organization_id
    where ${isLive(asked)} and ${hasFactorsFor}
      and member.organization_id = ${organizationOf(slug, asked.now)} and member.role in ${rolesWith(permission, reach)})`;
}

export function openOrganizations(asked: Asked): SQL {
  return sql`(
    select member.organization_id from session
    join member on member.user_id = session.user_id
    join organization on organization.id = member.organization_id
    where ${isLive(asked)} and ${hasFactorsFor})`;
}

export function stillLives(asked: Asked): SQL {
  return sql`exists (select 1 from session where ${isLive(asked)})`;
}

export function stillHas(asked: Asked, organizationId: string, role: Role): SQL {
  return sql`exists (
    select 1 from session join member on member.user_id = session.user_id
    join organization on organization.id = member.organization_id
    where ${isLive(asked)} and ${hasFactorsFor} and member.organization_id = ${organizationId} and member.role = ${role})`;
}

export type Access =
  | { outcome: "stranger" }
  | { outcome: "second-factor"; organization: string }
  | { outcome: "forbidden"; roles: Role[] }
  | {
      outcome: "member";
      userId: string;
      organization: { id: string; name: string; slug: Slug };
      role: Role;
      reach: Reach;
    };

export function judge(row: AccessRow, permission: Permission): Access {
  const { userId, organizationId: id, organizationName: name, organizationSlug: slug, role } = row;
  if (id === null || name === null || slug === null || role === null) return { outcome: "stranger" };
  if (row.requiresSecondFactor && row.factors < 2) return { outcome: "second-factor", organization: name };
  const reach = reachOf(role, permission);
  if (reach === "none") return { outcome: "forbidden", roles: rolesWith(permission) };
  return { outcome: "member", userId, organization: { id, name, slug }, role, reach };
}
