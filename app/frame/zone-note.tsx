import { use } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "#app/ui/appearance.ts";
import { Link } from "#app/ui/link.tsx";

/** Shown once on each page while the reader's time zone is unknown and no scripts run: scripts report the time zone. */
export function ZoneNote() {
  if (use(AppearanceContext).timeZone !== null) return null;
  return (
    <noscript>
      <p className="mt-auto pt-8 text-muted text-xs">
        {m.organizations_times_in_utc()}{" "}
        <Link to={href("/settings/appearance")} className="underline">
          {m.organizations_choose_time_zone()}
        </Link>
      </p>
    </noscript>
  );
}
