import { formatDateTime, formatRelative } from "#app/i18n/format.ts";

/** Such as "3 hours ago". `now` comes from the loader, so that server and browser render the same text. */
export function RelativeTime({ value, now, className }: { value: Date; now: Date; className?: string }) {
  return (
    <time dateTime={value.toISOString()} title={formatDateTime(value)} className={className}>
      {formatRelative(value, now)}
    </time>
  );
}
