import { and, count, eq, gt, gte, lte, type SQL, sql } from "drizzle-orm";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { isHeldInvitation } from "#app/tenancy/inviting.ts";
import { ACTIVE_COUNTED, ACTIVE_DAYS } from "./limits.ts";

const DAY_MS = 86_400_000;

export function memberFigures(scope: Scope<"dashboard:read">) {
  const since = new Date(scope.now.getTime() - ACTIVE_DAYS * DAY_MS);
  // As many as may be open: each is asked whether somebody can accept it.
  const invitations = scope
    .select({ count: count() })
    .from(invitation)
    .where(and(eq(invitation.status, "pending"), gt(invitation.expiresAt, scope.now), isHeldInvitation(scope.now)));
  return scope
    .select({
      members: organization.memberCount,
      activeMembers: number(activeSince(scope, since)),
      invitations: number(invitations),
      joined: number(joinedIn(scope, 0)),
      joinedBefore: number(joinedIn(scope, ACTIVE_DAYS)),
    })
    .from(organization);
}

/** Those who were there since then; past the limit one more, and no further. */
function activeSince({ select }: Scope<"dashboard:read">, since: Date) {
  const active = select({ id: member.id })
    .from(member)
    .where(gte(member.lastActiveAt, since))
    .limit(ACTIVE_COUNTED + 1);
  return sql`select count(*) from ${active}`;
}

const COUNTED = 1_000;

/** How many joined in so many days that ended `ago` days ago; counted no further than a thousand. */
function joinedIn(scope: Scope<"dashboard:read">, ago: number) {
  const [from, to] = [ago + ACTIVE_DAYS, ago].map((days) => new Date(scope.now.getTime() - days * DAY_MS)) as [
    Date,
    Date,
  ];
  const { action, createdAt } = auditEntry;
  const entries = scope
    .select({ id: auditEntry.id })
    .from(auditEntry)
    .where(and(eq(action, "member.joined"), gte(createdAt, from), lte(createdAt, to)))
    .limit(COUNTED);
  return sql`select count(*) from ${entries}`;
}

export type MemberFigures = Awaited<ReturnType<typeof memberFigures>>[number];

function number(query: SQL | { getSQL(): SQL }) {
  return sql<number>`(${query})`;
}
