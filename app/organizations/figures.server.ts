import { and, eq, gte, lte } from "drizzle-orm";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import type { RowOf } from "#app/operation/reach.server.ts";
import { isHeldInvitation, isOpenInvitation } from "#app/tenancy/inviting.ts";
import { ACTIVE_COUNTED, ACTIVE_DAYS, JOINED_COUNTED } from "./limits.ts";

/** Columns to select from the organization. `joined` counts the last `days`, `joinedBefore` as many before. */
export function memberFigures(scope: Scope<"dashboard:read">, days: number) {
  const { now, count } = scope;
  const isActive = gte(member.lastActiveAt, new Date(now.getTime() - ACTIVE_DAYS * DAY_MS));
  const isOpen = and(isOpenInvitation(now), isHeldInvitation(now));
  return {
    members: organization.memberCount,
    activeMembers: count(member, { where: isActive, upTo: ACTIVE_COUNTED + 1 }),
    // Needs no `upTo`, since few can be open. Each is checked for whether someone can accept it.
    invitations: count(invitation, { where: isOpen }),
    joined: joinedIn(scope, { days, ago: 0 }),
    joinedBefore: joinedIn(scope, { days, ago: days }),
  };
}

type Span = { days: number; ago: number };

/** How many joined within the `days` that ended `ago` days ago. */
function joinedIn({ now, count }: Scope<"dashboard:read">, { days, ago }: Span) {
  const at = (past: number) => new Date(now.getTime() - past * DAY_MS);
  const { action, createdAt } = auditEntry;
  const isThen = and(eq(action, "member.joined"), gte(createdAt, at(ago + days)), lte(createdAt, at(ago)));
  return count(auditEntry, { where: isThen, upTo: JOINED_COUNTED });
}

export type MemberFigures = RowOf<ReturnType<typeof memberFigures>>;
