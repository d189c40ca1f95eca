import { getLocale } from "./paraglide/runtime.js";

/** A number is milliseconds since 1970, as in JSON. */
type Instant = Date | number;

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

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

let dateTagOfRequest: () => string | undefined = () => undefined;

/** The server's way to know it; a browser is told by the document. */
export function overwriteDateTag(tag: typeof dateTagOfRequest): void {
  dateTagOfRequest = tag;
}

function currentDateTag(): string {
  const told = import.meta.env.SSR ? dateTagOfRequest() : document.documentElement.dataset.dates;
  return told ?? currentTag();
}

export function formatNumber(value: number): string {
  return numberFormat(currentTag()).format(value);
}

/** Decimal units, as disks and phones count: 1,200,000 is 1.2 MB. */
export function formatBytes(bytes: number): string {
  // The rounded value decides, or 999,950 would read "1,000 kB".
  let power = 0;
  while (power < byteUnits.length - 1 && Math.round(bytes / 1000 ** power / 0.1) >= 10_000) power += 1;
  const options: Intl.NumberFormatOptions = {
    style: "unit",
    unit: byteUnits[power] ?? "byte",
    unitDisplay: power === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  };
  return numberFormat(currentTag(), options).format(bytes / 1000 ** power);
}

/** In UTC unless a time zone is given, so that server and browser write the same. */
export function formatDate(date: Instant, timeZone = "UTC"): string {
  return dateFormat(currentDateTag(), { dateStyle: "medium", timeZone }).format(date);
}

const DAYS_KEPT = 5_000;
const keptDays = new Map<string, string>();

/** A plot has thirty of them, and every page the same ones. */
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

/** In UTC, and saying so, unless a time zone is given. */
export function formatDateTime(date: Instant, timeZone = "UTC"): string {
  const options: Intl.DateTimeFormatOptions = {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  };
  return dateFormat(currentDateTag(), options).format(date);
}

/** The time of day, for what stands under its day. */
export function formatTime(date: Instant, timeZone = "UTC"): string {
  const options: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit", timeZone, timeZoneName: "short" };
  return dateFormat(currentDateTag(), options).format(date);
}

export function formatRelative(date: Instant, now: Instant): string {
  const seconds = (Number(date) - Number(now)) / 1000;
  const step = relativeUnits.find((candidate) => Math.abs(seconds) >= candidate.seconds);
  const format = relativeFormat(currentTag(), { numeric: "auto" });
  return step ? format.format(Math.trunc(seconds / step.seconds), step.unit) : format.format(0, "second");
}

const numberFormat = formatsOf(Intl.NumberFormat);
const dateFormat = formatsOf(Intl.DateTimeFormat);
const relativeFormat = formatsOf(Intl.RelativeTimeFormat);

// Making an Intl object costs tens of microseconds, using one a fraction of that.
function formatsOf<Options, Format>(
  Constructor: new (tag: string, options?: Options) => Format,
): (tag: string, options?: Options) => Format {
  const formats = new Map<string, Format>();
  return (tag, options) => {
    const key = tag + JSON.stringify(options ?? null);
    const format = formats.get(key) ?? new Constructor(tag, options);
    formats.set(key, format);
    return format;
  };
}
