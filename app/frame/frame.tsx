import { type ReactNode, useState } from "react";
import { href, useLocation } from "react-router";
import type { Said } from "#app/i18n/said.ts";
import type { Membership } from "#app/organizations/memberships.server.ts";
import type { SentQuery } from "#app/query-client.ts";
import type { Place } from "#app/tenancy/feature-view.ts";
import { Notice } from "#app/ui/notice.tsx";
import { Shell } from "#app/ui/shell.tsx";
import { BareFrame } from "./bare-frame.tsx";
import { Cached } from "./cached.tsx";
import { FrameActions } from "./frame-actions.tsx";
import { organizationAt } from "./organization-at.ts";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import { commandsFor, homeOf, ownCrumbs, placeOf, placesFor } from "./places.ts";
import { UserMenu, type Viewer } from "./user-menu.tsx";
import { ZoneNote } from "./zone-note.tsx";

export type FrameData = {
  viewer: Viewer;
  organizations: Membership[];
  lastUsed: string | null;
  /** Names of the people to ask for access in the organization in the address. */
  owners: string[];
  sidebar: "open" | "collapsed";
  /** A message about what was just done. */
  said: Said | null;
  query: SentQuery;
};

/** Wraps every signed-in page. Outside an organization, it keeps the one that the person came from, as the way back. */
export function Frame({ frame, children }: { frame: FrameData; children: ReactNode }) {
  const { viewer, organizations, lastUsed, sidebar, said, query } = frame;
  const { pathname: own, search } = useLocation();
  // The page that asks for a proof already belongs to the page to which it leads.
  const pathname = (own.startsWith("/confirm") && new URLSearchParams(search).get("redirectTo")) || own;
  const [cameFrom, setCameFrom] = useState(lastUsed);
  const here = organizations.find(({ slug }) => pathname.startsWith(`/organizations/${slug}/`));
  if (here !== undefined && here.slug !== cameFrom) setCameFrom(here.slug);
  const organization = here ?? organizationAt(frame, cameFrom) ?? organizationAt(frame, lastUsed);
  // With scripts, a toast shows the message, so their code does not include this notice.
  const notice = said && <noscript>{import.meta.env.SSR && <SaidNotice>{said.words}</SaidNotice>}</noscript>;
  const userMenu = <UserMenu viewer={viewer} />;
  if (organization === undefined) {
    return (
      <Cached query={query}>
        <BareFrame
          home={href("/organizations")}
          actions={
            <>
              <FrameActions pages={[]} commands={[]} />
              {userMenu}
            </>
          }
        >
          {notice}
          {children}
          <ZoneNote />
        </BareFrame>
      </Cached>
    );
  }
  const place = here && placeOf(pathname, here.slug);
  const inOrganization = (each: Place) => ({
    ...each,
    label: each.label(),
    href: each.hrefIn(organization.slug),
    isHere: each === place,
  });
  const pages = placesFor(organization.role).map(inOrganization);
  return (
    <Cached query={query}>
      <Shell
        switcher={<OrganizationSwitcher current={organization} organizations={organizations} place={place} />}
        items={pages}
        actions={<FrameActions pages={pages} commands={commandsFor(organization.role).map(inOrganization)} />}
        crumbs={
          here === undefined
            ? ownCrumbs(pathname)
            : [{ label: here.name, href: homeOf(here) }, ...(place ? [inOrganization(place)] : [])]
        }
        userMenu={userMenu}
        sidebar={sidebar}
      >
        {notice}
        {children}
        <ZoneNote />
      </Shell>
    </Cached>
  );
}

function SaidNotice({ children }: { children: ReactNode }) {
  return (
    <div className="mb-6">
      <Notice tone="success">{children}</Notice>
    </div>
  );
}
