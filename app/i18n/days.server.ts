import { DAY_MS, HOUR_MS, MINUTE_MS } from "#app/durations.server.ts";
import { formatsOf } from "./format.ts";

const offsetFormat = formatsOf(Intl.DateTimeFormat);

/** How many milliseconds clocks in the zone are ahead of UTC at this instant. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = offsetFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(instant);
  const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(text) ?? [];
  const ahead = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * 1000;
  return sign === "-" ? -ahead : ahead;
}

/** The date in the zone, such as `2026-11-23`. */
export function dayAt(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 10);
}

const knownStarts = new Map<string, number>();

/** The instant at which the day begins in the zone: at one o'clock if clocks skip the hour after midnight. */
export function startOfDay(day: string, timeZone: string): number {
  const key = `${day} ${timeZone}`;
  const start = knownStarts.get(key) ?? findStart(day, timeZone);
  if (knownStarts.size > 10_000) knownStarts.clear();
  knownStarts.set(key, start);
  return start;
}

/**
 * Clocks are moved at most once in two days. If midnight comes twice, the day begins with the first; if it is skipped, only one of
 * the two is in the day. Few calls to `Intl`: repeated for each day of a dashboard, three took 5 % of its processor time.
 */
function findStart(day: string, timeZone: string): number {
  const midnight = Date.parse(day);
  const before = midnight - offsetAt(midnight - DAY_MS, timeZone);
  const after = midnight - offsetAt(midnight + DAY_MS, timeZone);
  const first = Math.min(before, after);
  return before === after || dayAt(first, timeZone) === day ? first : Math.max(before, after);
}

/** Adds days to a date: one day after `2026-02-28` is `2026-03-01`. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
