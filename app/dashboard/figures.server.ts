import { and, count, desc, eq, gt, gte, inArray, or, type SQL, sql } from "drizzle-orm";
import type { Done } from "#app/audit/action-words.ts";
import type { AuditAction } from "#app/audit/actions.ts";
import { activityDay, auditEntry } from "#app/db/schema/audit.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { ACTIVITY_DAYS, RECENT_ENTRIES } from "./limits.ts";
import { drawPlot, type Plot } from "./plot.server.ts";

const DAY_MS = 86_400_000;

export type Figures = {
  members: number;
  activeMembers: number;
  invitations: number;
  images: number;
  storageUsed: number;
  storageQuota: number;
};

export type Entry = Done & { id: string; actor: { id: string; name: string | null; image: string | null }; at: number };

export type Day = { day: string; count: number };

export type DashboardPage = {
  now: number;
  figures: Figures;
  days: Day[];
  plot: Plot;
  entries: Entry[];
};

/** What an organization's dashboard shows. Costs the same however many images there are: triggers keep the large figures. */
export function dashboardPage(scope: Scope<"dashboard:read">): Plan<DashboardPage> {
  const now = scope.now.getTime();
  const queries = { figures: figuresOf(scope), active: activeDays(scope), entries: recentEntries(scope) };
  return plan(queries, ({ figures: [figures], active, entries }) => {
    if (figures === undefined) throw new Error("An organization without figures: the access row was there.");
    const days = everyDay(active, now);
    const recent = entries.map(({ at, ...entry }) => ({ ...entry, at: at.getTime() }));
    return { now, figures, days, plot: drawPlot(days.map((day) => day.count)), entries: recent };
  });
}

function figuresOf(scope: Scope<"dashboard:read">) {
  const since = new Date(scope.now.getTime() - ACTIVITY_DAYS * DAY_MS);
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
      images: organization.imageCount,
      storageUsed: organization.storageUsed,
      storageQuota: organization.storageQuota,
    })
    .from(organization);
}

function number(query: { getSQL(): SQL }) {
  return sql<number>`(${query})`;
}

function activeDays({ select, now }: Scope<"dashboard:read">) {
  return select({ day: activityDay.day, count: activityDay.count })
    .from(activityDay)
    .where(gte(activityDay.day, dayBefore(now.getTime(), ACTIVITY_DAYS - 1)));
}

/** What every member may know of. The rest names people and addresses, so it is for those who may read the members. */
const OPEN_TO_ALL: AuditAction[] = [
  "organization.created",
  "organization.renamed",
  "organization.logo-changed",
  "organization.logo-removed",
  "member.joined",
  "member.left",
  "image.created",
  "image.renamed",
  "image.deleted",
];

function recentEntries({ select, organizationIf }: Scope<"dashboard:read">) {
  return select({
    id: auditEntry.id,
    action: auditEntry.action,
    actor: { id: auditEntry.actorId, name: user.name, image: user.image },
    targetName: auditEntry.targetName,
    before: auditEntry.before,
    after: auditEntry.after,
    at: auditEntry.createdAt,
  })
    .from(auditEntry)
    .leftJoin(user, eq(user.id, auditEntry.actorId))
    .where(or(inArray(auditEntry.action, OPEN_TO_ALL), sql`${organizationIf("member:read")} is not null`))
    .orderBy(desc(auditEntry.createdAt), desc(auditEntry.id))
    .limit(RECENT_ENTRIES);
}

function everyDay(active: readonly Day[], now: number): Day[] {
  const counts = new Map(active.map(({ day, count }) => [day, count]));
  return Array.from({ length: ACTIVITY_DAYS }, (_, index) => {
    const day = dayBefore(now, ACTIVITY_DAYS - 1 - index);
    return { day, count: counts.get(day) ?? 0 };
  });
}

function dayBefore(now: number, days: number): string {
  return new Date(now - days * DAY_MS).toISOString().slice(0, 10);
}
