import { and, count, eq, gt, gte, type SQL, sql } from "drizzle-orm";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { ACTIVE_DAYS } from "./limits.ts";

const DAY_MS = 86_400_000;

export function memberFigures(scope: Scope<"dashboard:read">) {
  const since = new Date(scope.now.getTime() - ACTIVE_DAYS * DAY_MS);
  const activeMembers = scope.select({ count: count() }).from(member).where(gte(member.lastActiveAt, since));
  const invitations = scope
    .select({ count: count() })
    .from(invitation)
    .where(and(eq(invitation.status, "pending"), gt(invitation.expiresAt, scope.now)));
  return scope
    .select({
      members: organization.memberCount,
      activeMembers: number(activeMembers),
      invitations: number(invitations),
    })
    .from(organization);
}

export type MemberFigures = Awaited<ReturnType<typeof memberFigures>>[number];

function number(query: { getSQL(): SQL }) {
  return sql<number>`(${query})`;
}
