import { formatDateTime, formatRelative } from "#app/i18n/format.ts";

/** "3 hours ago". `now` comes from the loader, so server and browser write the same words. */
export function RelativeTime({ value, now, className }: { value: Date; now: Date; className?: string }) {
  return (
    <time dateTime={value.toISOString()} title={formatDateTime(value)} className={className}>
      {formatRelative(value, now)}
    </time>
  );
}
