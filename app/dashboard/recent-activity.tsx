import { actionWords } from "#app/audit/action-words.ts";
import { actorName } from "#app/audit/actor-name.ts";
import { m } from "#app/i18n/messages.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { Entry } from "./figures.server.ts";

export function RecentActivity({ entries, now }: { entries: readonly Entry[]; now: number }) {
  if (entries.length === 0) return <p className="text-muted text-sm">{m.dashboard_recent_none()}</p>;
  return (
    <ol className="space-y-4">
      {entries.map((entry) => {
        const actor = actorName(entry.actor);
        return (
          <li key={entry.id} className="flex gap-3 text-sm">
            <Avatar id={entry.actor.id} name={actor} imageUrl={avatarUrl(entry.actor)} />
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline justify-between gap-3">
                <span dir="auto" className="truncate font-medium">
                  {actor}
                </span>
                <RelativeTime
                  value={new Date(entry.at)}
                  now={new Date(now)}
                  className="shrink-0 text-muted text-xs tabular-nums"
                />
              </p>
              <p className="line-clamp-2 break-words text-muted">{actionWords(entry)}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
