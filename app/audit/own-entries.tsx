import { formatDateTime } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import type { LogWords } from "#app/tenancy/feature-view.ts";
import { Section } from "#app/ui/card.tsx";
import { actionWords } from "./action-words.ts";
import type { OwnEntry } from "./log.server.ts";

export function OwnEntries({ entries, words }: { entries: readonly OwnEntry[]; words: LogWords }) {
  return (
    <Section title={m.security_activity_title()}>
      <ol className="grid gap-3 text-sm">
        {entries.map((entry) => (
          <li key={entry.id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
            <span className="min-w-0">{actionWords(entry, words)}</span>
            <span className="flex flex-wrap gap-x-3 text-muted text-xs tabular-nums">
              {entry.ipAddress !== null && <bdi className="font-mono">{entry.ipAddress}</bdi>}
              <time dateTime={new Date(entry.at).toISOString()}>{formatDateTime(entry.at)}</time>
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
