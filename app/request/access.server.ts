import { and, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { formerSlug, member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { type Permission, type Reach, type Role, reachOf, rolesWith } from "#app/organizations/permissions.ts";
import type { Slug } from "#app/organizations/schemas.ts";

type Asked = { sessionToken: string; now: Date };

export type AccessRow = {
  userId: string;
  organizationId: string | null;
  organizationName: string | null;
  organizationSlug: Slug | null;
  role: Role | null;
  lastActiveAt: Date | null;
  isLastUsed: boolean;
};

/**
 * The access statement: a live session ⋈ the organization of the URL ⋈ this person's membership. No row: the session has
 * ended. A row without a role: not a member, or no such organization, which nobody can tell apart.
 */
export function accessStatement(db: Database, { sessionToken, now }: Asked, slug: Slug | null) {
  const newestVisit = sql`(select max(other.last_active_at) from ${member} as other where other.user_id = ${session.userId})`;
  return db
    .select({
      userId: session.userId,
      organizationId: organization.id,
      organizationName: organization.name,
      organizationSlug: sql<Slug>`${organization.slug}`,
      role: member.role,
      lastActiveAt: member.lastActiveAt,
      isLastUsed: sql<boolean>`${member.lastActiveAt} >= ${newestVisit}`.mapWith(Boolean),
    })
    .from(session)
    .leftJoin(organization, eq(organization.id, slug === null ? sql`null` : organizationOf(slug, now)))
    .leftJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, session.userId)))
    .where(and(eq(session.token, sessionToken), gt(session.expiresAt, now)))
    .limit(1);
}

/** SQL for the organization with this slug, or the one that had it and is still reached by it. */
function organizationOf(slug: Slug, now: Date): SQL<string> {
  return sql`(
    select ${organization.id} from ${organization} where ${organization.slug} = ${slug}
    union all select ${formerSlug.organizationId} from ${formerSlug}
    where ${formerSlug.slug} = ${slug} and ${formerSlug.heldUntil} > ${now.getTime()}
    limit 1)`;
}

// Both stand in every statement of a read, so they are written as text: the query builder would take them apart each time.

/** SQL for the person, through their own live session: null when it has ended. */
export function livePerson({ sessionToken, now }: Asked): SQL<string> {
  return sql`(select user_id from session where token = ${sessionToken} and expires_at > ${now.getTime()})`;
}

/** SQL for the organization of the URL, through a live session and a role that has the permission: null for all others. */
export function reachableOrganization({ sessionToken, now }: Asked, slug: Slug, permission: Permission): SQL<string> {
  return sql`(
    select member.organization_id from session
    join member on member.user_id = session.user_id
    where session.token = ${sessionToken} and session.expires_at > ${now.getTime()}
      and member.organization_id = ${organizationOf(slug, now)} and member.role in ${rolesWith(permission)})`;
}

/** SQL that is true while the session lives and its person has this role in the organization. */
export function stillHas({ sessionToken, now }: Asked, organizationId: string, role: Role): SQL {
  return sql`exists (
    select 1 from session join member on member.user_id = session.user_id
    where session.token = ${sessionToken} and session.expires_at > ${now.getTime()}
      and member.organization_id = ${organizationId} and member.role = ${role})`;
}

export type Access =
  | { outcome: "stranger" }
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
  const reach = reachOf(role, permission);
  if (reach === "none") return { outcome: "forbidden", roles: rolesWith(permission) };
  return { outcome: "member", userId, organization: { id, name, slug }, role, reach };
}

const VISIT_PRECISION_MS = 60_000;

/** Whether the visit is worth a row: another organization was used last, or the minute has changed. */
export function isVisitNews(row: AccessRow, now: Date): boolean {
  return (
    row.lastActiveAt === null || !row.isLastUsed || now.getTime() - row.lastActiveAt.getTime() > VISIT_PRECISION_MS
  );
}

/** Remembers that a member was here: "last used organization" and "active members" are both read from it. */
export function visitStatement(db: Database, visit: { userId: string; organizationId: string; now: Date }) {
  return db
    .update(member)
    .set({ lastActiveAt: visit.now })
    .where(and(eq(member.organizationId, visit.organizationId), eq(member.userId, visit.userId)));
}
