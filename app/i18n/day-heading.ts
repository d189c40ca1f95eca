import { currentTag, daysFrom, formatDate, type Instant, relativeFormat } from "./format.ts";

/** The heading of a day: "Today", "Yesterday" or the date. */
export function formatDayFrom(date: Instant, now: Instant): string {
  const days = daysFrom(date, now);
  if (days !== 0 && days !== -1) return formatDate(date);
  const [first = "", ...rest] = relativeFormat(currentTag(), { numeric: "auto" }).format(days, "day");
  return first.toLocaleUpperCase(currentTag()) + rest.join("");
}
