import { getLocale } from "./paraglide/runtime.js";

/** A number is milliseconds since 1970, as in JSON. */
export type Instant = Date | number;

const bytePrefixes = ["", "kilo", "mega", "giga", "tera"] as const;

const relativeUnits = [
  { unit: "year", seconds: 31_536_000 },
  { unit: "month", seconds: 2_592_000 },
  { unit: "week", seconds: 604_800 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3600 },
  { unit: "minute", seconds: 60 },
] as const;

export function currentTag(): string {
  return import.meta.env.SSR ? getLocale() : document.documentElement.lang;
}

/** How dates are written for a reader: the tag, if the language has more than one way to write them, and the time zone. */
export type Dates = { dates?: string | undefined; zone?: string | undefined };

let datesOfRequest: () => Dates = () => ({});

/** Sets where the server finds a request's `Dates`. A browser reads them from the document. */
export function overwriteDates(dates: typeof datesOfRequest): void {
  datesOfRequest = dates;
}

function currentDates(): Dates {
  return import.meta.env.SSR ? datesOfRequest() : document.documentElement.dataset;
}

function currentDateTag(): string {
  return currentDates().dates ?? currentTag();
}

/** UTC until another zone is known. */
export function currentZone(): string {
  return currentDates().zone ?? "UTC";
}

export function formatNumber(value: number): string {
  return numberFormat(currentTag()).format(value);
}

/** Formats 1.5 as 150 %. */
export function formatPercent(value: number): string {
  return numberFormat(currentTag(), { style: "percent", maximumFractionDigits: 0 }).format(value);
}

/** Uses decimal units, as disks and phones do: 1,200,000 is 1.2 MB. */
export function formatBytes(bytes: number): string {
  // From 999.95 on, rounding would show "1,000 kB".
  let power = 0;
  while (power < bytePrefixes.length - 1 && bytes / 1000 ** power >= 999.95) power += 1;
  const options: Intl.NumberFormatOptions = {
    style: "unit",
    unit: `${bytePrefixes[power]}byte`,
    // In Arabic, only the narrow forms are abbreviations of one kind: the short ones write "kilobyte" out beside "GB".
    unitDisplay: power === 0 ? "long" : /^ar/.test(currentTag()) ? "narrow" : "short",
    maximumFractionDigits: 1,
  };
  return numberFormat(currentTag(), options).format(bytes / 1000 ** power);
}

const day = { year: "numeric", month: "short", day: "numeric" } as const satisfies Intl.DateTimeFormatOptions;

/** A date in the reader's time zone. */
export function formatDate(date: Instant): string {
  return dateFormat(currentDateTag(), { ...day, timeZone: currentZone() }).format(date);
}

const DAYS_KEPT = 5_000;
const keptDays = new Map<string, string>();

/** `day`: such as `2026-11-23`, the same in every zone. Cached, since a plot has thirty days and every page the same ones. */
export function formatDay(day: string): string {
  const tag = currentDateTag();
  const key = tag + day;
  const kept = keptDays.get(key);
  if (kept !== undefined) return kept;
  const made = dateFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day));
  if (keptDays.size >= DAYS_KEPT) keptDays.clear();
  keptDays.set(key, made);
  return made;
}

const dateTime = {
  ...day,
  hour: "numeric",
  minute: "2-digit",
} as const satisfies Intl.DateTimeFormatOptions;

/** Date and time in the reader's time zone. */
export function formatDateTime(date: Instant): string {
  return dateFormat(currentDateTag(), { ...dateTime, timeZone: currentZone() }).format(date);
}

/** With the zone's name, for text that is read outside the app's pages, such as mail, or by a visitor whose zone is not known. */
export function formatDateTimeInZone(date: Instant): string {
  const options = { ...dateTime, timeZone: currentZone(), timeZoneName: "short" } as const;
  return dateFormat(currentDateTag(), options).format(date);
}

/** The time of day in the reader's time zone, for use under the heading of its day. */
export function formatTime(date: Instant): string {
  const options: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit", timeZone: currentZone() };
  return dateFormat(currentDateTag(), options).format(date);
}

export function formatRelative(date: Instant, now: Instant): string {
  return relativeBy(relativeUnits, date, now);
}

/** Counts in days from one day on, to fit a rule that counts in days. */
export function formatRelativeDays(date: Instant, now: Instant): string {
  return relativeBy(relativeUnits.slice(3), date, now);
}

/** "Yesterday" and "last year" speak of the calendar. So days are counted there, and longer units are always numbers. */
function relativeBy(units: readonly (typeof relativeUnits)[number][], date: Instant, now: Instant): string {
  const seconds = (Number(date) - Number(now)) / 1000;
  const { unit, seconds: each } = units.find((step) => Math.abs(seconds) >= step.seconds) ?? {
    unit: "second",
    seconds: Infinity,
  };
  const count = unit === "day" ? daysFrom(date, now) : Math.trunc(seconds / each);
  return relativeFormat(currentTag(), { numeric: each > 86_400 && count ? "always" : "auto" }).format(count, unit);
}

/** How many days of the reader's calendar the date is after `now`: -1 is yesterday. */
export function daysFrom(date: Instant, now: Instant): number {
  return (calendarDay(date) - calendarDay(now)) / 86_400_000;
}

/** Midnight in UTC of the date in the reader's time zone. */
function calendarDay(date: Instant): number {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: currentZone() } as const;
  return Date.parse(dateFormat("en-CA", options).format(date));
}

const numberFormat = formatsOf(Intl.NumberFormat);
const dateFormat = formatsOf(Intl.DateTimeFormat);
export const relativeFormat = formatsOf(Intl.RelativeTimeFormat);

/** A limit is needed, because browsers can send any number of tags and zones. */
const KEPT = 200;

/** Creates and caches `Intl` objects: creating one takes tens of microseconds, using one a fraction of that. */
export function formatsOf<Options, Format>(
  Constructor: new (tag: string, options?: Options) => Format,
): (tag: string, options?: Options) => Format {
  const formats = new Map<string, Format>();
  return (tag, options) => {
    const key = tag + JSON.stringify(options ?? null);
    const format = formats.get(key) ?? new Constructor(tag, options);
    if (formats.size >= KEPT) formats.clear();
    formats.set(key, format);
    return format;
  };
}
