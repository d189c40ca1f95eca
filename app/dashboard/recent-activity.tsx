import { actionWords, placeOfAction } from "#app/audit/action-words.ts";
import { actorName } from "#app/audit/actor-name.ts";
import { m } from "#app/i18n/messages.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Link } from "#app/ui/link.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import type { Entry } from "./figures.server.ts";

type RecentActivityProps = { entries: readonly Entry[]; now: number; organization: string; role: Role };

export function RecentActivity({ entries, now, organization, role }: RecentActivityProps) {
  if (entries.length === 0) return <p className="text-muted text-sm">{m.dashboard_recent_none()}</p>;
  return (
    <ol className="grid gap-4">
      {entries.map((entry) => {
        const actor = actorName(entry.actor);
        // The newest entry about a thing says where the thing is now, or that it is gone.
        const newest = entries.find(({ targetId }) => targetId !== null && targetId === entry.targetId) ?? entry;
        const to = addressOf(newest, organization, role);
        return (
          <li key={entry.id} className="activity">
            <Avatar id={entry.actor.id} name={actor} imageUrl={avatarUrl(entry.actor)} />
            <b dir="auto">{actor}</b>
            <RelativeTime value={new Date(entry.at)} now={new Date(now)} />
            {to === null ? <p>{actionWords(entry)}</p> : <Link to={to}>{actionWords(entry)}</Link>}
          </li>
        );
      })}
    </ol>
  );
}

/** The URL where the result of an action can be seen; null if there is none or the viewer may not open it. */
function addressOf({ action, targetId }: Entry, organization: string, role: Role): string | null {
  const place = placeOfAction(action);
  if (place === undefined || targetId === null || !can(role, place.permission)) return null;
  return place.hrefOf({ organization, id: targetId });
}
