import { currentTag, formatsOf } from "./format.ts";

const relativeFormat = formatsOf(Intl.RelativeTimeFormat);

/** Such as "in 42 seconds". Rounds up, so that nobody returns too early. */
export function formatWait(seconds: number): string {
  const format = relativeFormat(currentTag());
  if (seconds < 60) return format.format(seconds, "second");
  return seconds < 3600
    ? format.format(Math.ceil(seconds / 60), "minute")
    : format.format(Math.ceil(seconds / 3600), "hour");
}
