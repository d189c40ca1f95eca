import { and, desc, eq, inArray, not, or, sql } from "drizzle-orm";
import type { Done } from "#app/audit/action-words.ts";
import type { LoggedActor } from "#app/audit/log.server.ts";
import { openActions, restrictions } from "#app/audit/openings.ts";
import { activity, actorKind, auditEntry } from "#app/db/schema/audit.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { user } from "#app/db/schema/people.ts";
import { dayAfter, dayAt, startOfDay } from "#app/i18n/days.server.ts";
import { zoneOfDays } from "#app/i18n/time-zone.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { type Steps, stepsOf } from "./checklist.server.ts";
import { RECENT_ENTRIES } from "./limits.ts";
import { drawPlot, type Plot } from "./plot.server.ts";
import type { DashboardVisit } from "./schemas.ts";
import { type Figures, figuresOf } from "./shown.server.ts";

const QUARTER_MS = 900_000;

export type Entry = Done & { id: string; targetId: string | null; actor: LoggedActor; at: number };

export type Day = { day: string; count: number };

export type DashboardPage = {
  now: number;
  figures: Figures;
  days: Day[];
  plot: Plot;
  entries: Entry[];
  /** The first steps; null if all are done or the person has hidden them. */
  steps: Steps | null;
};

/** What an organization's dashboard shows. The cost does not grow with the organization: triggers keep the large figures. */
export function dashboardPage(
  scope: Scope<"dashboard:read">,
  { days: shown }: Pick<DashboardVisit, "days">,
): Plan<DashboardPage | null> {
  const now = scope.now.getTime();
  const zone = zoneOfDays(scope.timeZones);
  const today = dayAt(now, zone);
  const calendar = Array.from({ length: shown }, (_, index) => dayAfter(today, index + 1 - shown));
  const starts = [...calendar, dayAfter(today, 1)].map((day) => startOfDay(day, zone));
  const entries = recentEntries(scope);
  const queries = { figures: figuresOf(scope), active: countsIn(scope, starts), entries, steps: stepsOf(scope) };
  return plan(queries, ({ figures: [figures], active, entries, steps: [steps = {}] }) => {
    if (figures === undefined) return null;
    const found = new Map(active.map(({ index, count }) => [index, count]));
    const days = calendar.map((day, index) => ({ day, count: found.get(index) ?? 0 }));
    const recent = entries.map(toEntry);
    const counts = days.map((day) => day.count);
    const isOver = Object.values(steps).every(Boolean);
    return {
      now,
      figures,
      days,
      plot: drawPlot(counts),
      entries: recent,
      steps: isOver ? null : steps,
    };
  });
}

type EntryRow = Awaited<ReturnType<typeof recentEntries>>[number];

function toEntry({ at, actorKind: kind, actorId: id, actorName: name, actorImage: image, ...row }: EntryRow): Entry {
  return { ...row, at: at.getTime(), actor: { kind, id, name, image } };
}

/** `starts` has the start of each day and, at the end, the end of the last day. */
function countsIn({ select }: Scope<"dashboard:read">, starts: readonly number[]) {
  const quarters = starts.map((start) => Math.ceil(start / QUARTER_MS));
  const days = sql`json_each(${JSON.stringify(pairsOf(quarters))}) as days`;
  const isIn = sql`${activity.quarter} >= days.value ->> 0 and ${activity.quarter} < days.value ->> 1`;
  return select({ index: sql<number>`days.key`, count: sql<number>`sum(${activity.count})` })
    .from(activity)
    .innerJoin(days, isIn)
    .groupBy(sql`days.key`);
}

/** Entries that are not open name people and addresses, so only those who may read the members get them. */
export function recentEntries({ select, organizationIf, userId }: Scope<"dashboard:read">, restricted = restrictions) {
  const isOpen = or(inArray(auditEntry.action, openActions), sql`${organizationIf("member:read")} is not null`);
  const areReadable = restricted.map(({ actions, permission }) =>
    or(
      not(inArray(auditEntry.action, actions)),
      eq(auditEntry.actorId, userId),
      sql`${organizationIf(permission, "any")} is not null`,
    ),
  );
  return select({
    id: auditEntry.id,
    action: auditEntry.action,
    actorKind,
    actorId: auditEntry.actorId,
    actorName: sql<string | null>`coalesce(${user.name}, ${apiKey.name})`,
    actorImage: user.image,
    targetId: auditEntry.targetId,
    targetName: auditEntry.targetName,
    before: auditEntry.before,
    after: auditEntry.after,
    at: auditEntry.createdAt,
  })
    .from(auditEntry)
    .leftJoin(user, eq(user.id, auditEntry.actorId))
    .leftJoin(apiKey, eq(apiKey.id, auditEntry.actorId))
    .where(and(isOpen, ...areReadable))
    .orderBy(desc(auditEntry.createdAt), desc(auditEntry.id))
    .limit(RECENT_ENTRIES);
}

function pairsOf(bounds: readonly number[]) {
  return bounds.slice(1).map((end, index) => [bounds[index], end]);
}
