import { and, eq, type SQL, sql } from "drizzle-orm";
import { FRESH_MINUTES } from "#app/auth/limits.ts";
import { isAlive, isAliveAt } from "#app/auth/sessions/session-life.server.ts";
import { boundText } from "#app/db/bound-text.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { formerSlug, member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import { type Permission, reachOf, rolesWith } from "#app/tenancy/permissions.ts";
import type { Reach, Role } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";

/** The session whose access is checked, and the time since which its person must have proved who they are. */
export type SessionAsked = {
  sessionToken: string;
  now: Date;
  provenSince?: Date;
};

export function freshSince(now: Date): Date {
  return new Date(now.getTime() - FRESH_MINUTES * MINUTE_MS);
}

export type AccessRow = {
  userId: string;
  /** The second factor is still missing. Until then, the session gives no access. */
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

const isHalf = isTrue(sql`(session.factors < 2 and exists (
  select 1 from ${authenticator} where ${authenticator.userId} = session.user_id))`);

/** No row if the session has ended. No role if there is no membership or no such organization: callers cannot tell which. */
export function accessStatement(db: Database, { sessionToken, now }: SessionAsked, slug: Slug | null) {
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
      isLastUsed: isTrue(sql`${member.lastActiveAt} >= ${newestVisit}`),
    })
    .from(session)
    .leftJoin(organization, eq(organization.id, slug === null ? sql`null` : organizationOf(slug, now.getTime())))
    .leftJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, session.userId)))
    .where(and(eq(session.token, sessionToken), isAlive(now)))
    .limit(1);
}

export function organizationOf(slug: Slug | SQL, now: number | SQL): SQL<string> {
  return sql`(
    select ${organization.id} from ${organization} where ${organization.slug} = ${slug}
    union all select ${formerSlug.organizationId} from ${formerSlug}
    where ${formerSlug.slug} = ${slug} and ${formerSlug.heldUntil} > ${now}
    limit 1)`;
}

type Open = Record<"token" | "now" | "provenSince" | "slug" | "organizationId" | "role", SQL>;

const texts = new Map<string, ReturnType<typeof boundText<keyof Open>>>();

/** These conditions are in every statement of a request. Each is written once, under its name, and bound to the caller. */
function textOf<T>(
  name: string,
  { sessionToken: token, now, provenSince }: SessionAsked,
  write: (open: Open, isLive: SQL) => SQL,
  more: Partial<Record<keyof Open, string>> = {},
): SQL<T> {
  const key = provenSince === undefined ? name : `${name}, fresh`;
  const text =
    texts.get(key) ??
    boundText<keyof Open>((open) => {
      const isFresh = provenSince === undefined ? sql`` : sql` and session.proven_at >= ${open.provenSince}`;
      return write(open, sql`session.token = ${open.token} and ${isAliveAt(open.now)} and not ${isHalf}${isFresh}`);
    });
  texts.set(key, text);
  return text<T>({ token, now: now.getTime(), provenSince: provenSince?.getTime(), ...more });
}

export function livePerson(asked: SessionAsked): SQL<string> {
  return textOf("person", asked, (_, isLive) => sql`(select session.user_id from session where ${isLive})`);
}

const hasFactorsFor = sql`(session.factors = 2 or not organization.requires_second_factor)`;

const organizationsOfSession = sql`session
    join member on member.user_id = session.user_id
    join organization on organization.id = member.organization_id`;

/** SQL for the organization in the URL, if a live session has a role with the permission (as far as `reach`). Otherwise null. */
export function reachableOrganization(
  asked: SessionAsked,
  slug: Slug,
  permission: Permission,
  reach?: "any",
): SQL<string> {
  const write = (open: Open, isLive: SQL) => sql`(
    select member.organization_id from ${organizationsOfSession}
    where ${isLive} and ${hasFactorsFor} and member.organization_id = ${organizationOf(open.slug, open.now)}
      and member.role in ${rolesWith(permission, reach)})`;
  return textOf(`organization for ${permission}, ${reach}`, asked, write, { slug });
}

export function openOrganizations(asked: SessionAsked): SQL {
  const write = (_: Open, isLive: SQL) =>
    sql`(select member.organization_id from ${organizationsOfSession} where ${isLive} and ${hasFactorsFor})`;
  return textOf("organizations", asked, write);
}

export function stillLives(asked: SessionAsked): SQL {
  return textOf("lives", asked, (_, isLive) => sql`exists (select 1 from session where ${isLive})`);
}

export function stillHas(asked: SessionAsked, organizationId: string, role: Role): SQL {
  const write = (open: Open, isLive: SQL) => sql`exists (select 1 from ${organizationsOfSession}
    where ${isLive} and ${hasFactorsFor} and member.organization_id = ${open.organizationId} and member.role = ${open.role})`;
  return textOf("has role", asked, write, { organizationId, role });
}

export type Access =
  | { outcome: "stranger" }
  | { outcome: "second-factor"; organization: string }
  | { outcome: "forbidden"; roles: Role[]; role: Role }
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
  if (reach === "none") return { outcome: "forbidden", roles: rolesWith(permission), role };
  return { outcome: "member", userId, organization: { id, name, slug }, role, reach };
}
