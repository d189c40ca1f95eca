import { use } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { AppearanceContext } from "#app/ui/appearance.ts";
import { Link } from "#app/ui/link.tsx";

/** Once a page, where nobody has told the reader's time zone: scripts tell it. */
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
