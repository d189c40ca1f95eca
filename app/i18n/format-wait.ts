import { currentTag, formatsOf } from "./format.ts";

const relativeFormat = formatsOf(Intl.RelativeTimeFormat);

/** "in 42 seconds", never sooner than it is. */
export function formatWait(seconds: number): string {
  const format = relativeFormat(currentTag());
  if (seconds < 60) return format.format(seconds, "second");
  return seconds < 3600
    ? format.format(Math.ceil(seconds / 60), "minute")
    : format.format(Math.ceil(seconds / 3600), "hour");
}
