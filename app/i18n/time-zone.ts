import { PRODUCT_SLUG } from "#app/product.ts";

/** What a browser tells the server of itself, by a cookie that scripts write. Over https with `__Host-` before it. */
export const TIME_ZONE_COOKIE = `${PRODUCT_SLUG}_zone`;

/** By IANA name. `chosen` by the person, for all their browsers; `told` by the browser that asks. */
export type TimeZones = { chosen: string | null; told: string | null };

export const noTimeZones: TimeZones = { chosen: null, told: null };

export function timeZoneOf({ chosen, told }: TimeZones): string | null {
  return chosen ?? told;
}

/** By which the days of somebody who reads begin and end. */
export function zoneOfDays(timeZones: TimeZones): string {
  return timeZoneOf(timeZones) ?? "UTC";
}

const KEPT = 1_000;
const known = new Map<string, string | null>();

/** The name as `Intl` writes it; null for what it does not know, and for bare offsets such as `+01:00`. */
export function parseTimeZone(value: unknown): string | null {
  if (typeof value !== "string" || !/^[A-Za-z][\w/+-]{1,63}$/.test(value)) return null;
  const found = known.get(value) ?? nameByIntl(value);
  if (known.size >= KEPT) known.clear();
  known.set(value, found);
  return found;
}

function nameByIntl(timeZone: string): string | null {
  try {
    return todaysName(new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone);
  } catch {
    return null;
  }
}

/** What engines still call by names of long ago, after the database of time zones has given new ones. */
const renamed: Partial<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

export function todaysName(zone: string): string {
  return renamed[zone] ?? zone;
}
