import { PRODUCT_SLUG } from "#app/product.ts";

/** The cookie in which scripts send the browser's time zone to the server. Over HTTPS, its name begins with `__Host-`. */
export const TIME_ZONE_COOKIE = `${PRODUCT_SLUG}_zone`;

/** IANA names. `chosen` by the person, for all their browsers; `told` by the browser that sends the request. */
export type TimeZones = { chosen: string | null; told: string | null };

export const noTimeZones: TimeZones = { chosen: null, told: null };

export function timeZoneOf({ chosen, told }: TimeZones): string | null {
  return chosen ?? told;
}

/** The zone in which the reader's days begin and end. */
export function zoneOfDays(timeZones: TimeZones): string {
  return timeZoneOf(timeZones) ?? "UTC";
}

const KEPT = 1_000;
const known = new Map<string, string | null>();

/** Returns the name as `Intl` writes it; null for an unknown zone or a bare offset such as `+01:00`. */
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

/** Zones that engines still call by old names, although the time zone database has renamed them. */
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
