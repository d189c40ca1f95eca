import { type TimeZones, timeZoneOf, todaysName } from "#app/i18n/time-zone.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, planOf } from "#app/operation/plan.ts";

/** `region` is the part of IANA's names before the slash, such as `Europe`; `Other` for names without a region. */
export type TimeZoneChoice = TimeZones & { regions: { region: string; zones: string[] }[] };

let supported: readonly string[] | null = null;

/** The time zones to choose from, by IANA name. The list is the server's, because browsers know different names. */
export function timeZoneChoice({ timeZones }: Scope<"self">): Plan<TimeZoneChoice> {
  supported ??= [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"].map(todaysName))].sort();
  const current = timeZoneOf(timeZones);
  const zones = current === null || supported.includes(current) ? supported : [...supported, current];
  const byRegion = Map.groupBy(zones, regionOf);
  return planOf({ ...timeZones, regions: [...byRegion].map(([region, zones]) => ({ region, zones })) });
}

function regionOf(zone: string): string {
  const [region = "", place] = zone.split("/");
  return place === undefined || region === "Etc" ? "Other" : region;
}
