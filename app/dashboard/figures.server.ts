import { desc, eq, gte, inArray, or, sql } from "drizzle-orm";
import type { Done } from "#app/audit/action-words.ts";
import { openActions } from "#app/audit/actions.ts";
import type { LoggedActor } from "#app/audit/log.server.ts";
import { activityDay, actorKind, auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { ACTIVITY_DAYS, RECENT_ENTRIES } from "./limits.ts";
import { drawPlot, type Plot } from "./plot.server.ts";
import { type Figures, figuresOf, inOne } from "./shown.server.ts";

const DAY_MS = 86_400_000;

export type Entry = Done & { id: string; actor: LoggedActor; at: number };

export type Day = { day: string; count: number };

export type DashboardPage = {
  now: number;
  figures: Figures;
  days: Day[];
  plot: Plot;
  entries: Entry[];
};

/** What an organization's dashboard shows. Costs the same however large it is: triggers keep the large figures. */
export function dashboardPage(scope: Scope<"dashboard:read">): Plan<DashboardPage> {
  const now = scope.now.getTime();
  const queries = { ...figuresOf(scope), active: activeDays(scope), entries: recentEntries(scope) };
  return plan(queries, ({ active, entries, ...figures }) => {
    const days = everyDay(active, now);
    const recent = entries.map(toEntry);
    const counts = days.map((day) => day.count);
    return { now, figures: inOne(figures), days, plot: drawPlot(counts), entries: recent };
  });
}

type EntryRow = Awaited<ReturnType<typeof recentEntries>>[number];

function toEntry({ at, actorKind: kind, actorId: id, actorName: name, actorImage: image, ...row }: EntryRow): Entry {
  return { ...row, at: at.getTime(), actor: { kind, id, name, image } };
}

function activeDays({ select, now }: Scope<"dashboard:read">) {
  return select({ day: activityDay.day, count: activityDay.count })
    .from(activityDay)
    .where(gte(activityDay.day, dayBefore(now.getTime(), ACTIVITY_DAYS - 1)));
}

/** The rest names people and addresses, so it is for those who may read the members. */
function recentEntries({ select, organizationIf }: Scope<"dashboard:read">) {
  return select({
    id: auditEntry.id,
    action: auditEntry.action,
    actorKind,
    actorId: auditEntry.actorId,
    actorName: sql<string | null>`coalesce(${user.name}, ${apiKey.name})`,
    actorImage: user.image,
    targetName: auditEntry.targetName,
    before: auditEntry.before,
    after: auditEntry.after,
    at: auditEntry.createdAt,
  })
    .from(auditEntry)
    .leftJoin(user, eq(user.id, auditEntry.actorId))
    .leftJoin(apiKey, eq(apiKey.id, auditEntry.actorId))
    .where(or(inArray(auditEntry.action, openActions), sql`${organizationIf("member:read")} is not null`))
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
