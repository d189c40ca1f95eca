import { currentTag, currentZone, dateFormat, formatDate, type Instant, relativeFormat } from "./format.ts";

/** The heading of a day: "Today", "Yesterday" or the date. */
export function formatDayFrom(date: Instant, now: Instant): string {
  const days = (calendarDay(date) - calendarDay(now)) / 86_400_000;
  if (days !== 0 && days !== -1) return formatDate(date);
  const [first = "", ...rest] = relativeFormat(currentTag(), { numeric: "auto" }).format(days, "day");
  return first.toLocaleUpperCase(currentTag()) + rest.join("");
}

/** Midnight in UTC of the date in the reader's time zone. */
function calendarDay(date: Instant): number {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: currentZone() } as const;
  return Date.parse(dateFormat("en-CA", options).format(date));
}
