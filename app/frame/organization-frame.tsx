import type { DehydratedState } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { href, useLocation } from "react-router";
import type { Membership } from "#app/organizations/memberships.server.ts";
import type { Place } from "#app/tenancy/feature-view.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Shell } from "#app/ui/shell.tsx";
import { Cached } from "./cached.tsx";
import { FrameActions } from "./frame-actions.tsx";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import { commandsFor, placeOf, placesFor } from "./places.ts";
import { UserMenu, type Viewer } from "./user-menu.tsx";
import { ZoneNote } from "./zone-note.tsx";

export type OrganizationFrameData = {
  viewer: Viewer;
  organization: { id: string; name: string; slug: string; logo: string | null };
  role: Role;
  /** Names, for who is none. */
  owners: string[];
  organizations: Membership[];
  sidebar: "open" | "collapsed";
  queries: DehydratedState;
};

type OrganizationFrameProps = {
  frame: OrganizationFrameData;
  children: ReactNode;
};

export function OrganizationFrame({ frame, children }: OrganizationFrameProps) {
  const { viewer, organization, role, organizations, sidebar, queries } = frame;
  const { pathname } = useLocation();
  const place = placeOf(pathname, organization.slug);
  const inOrganization = (each: Place) => ({ ...each, label: each.label(), href: each.hrefIn(organization.slug) });
  const pages = placesFor(role).map(inOrganization);
  const home = href("/organizations/:organization/dashboard", { organization: organization.slug });
  return (
    <Cached queries={queries}>
      <Shell
        switcher={<OrganizationSwitcher current={organization} organizations={organizations} place={place} />}
        items={pages}
        actions={<FrameActions pages={pages} commands={commandsFor(role).map(inOrganization)} />}
        crumbs={[
          { label: organization.name, href: home },
          ...(place === undefined ? [] : [{ label: place.label(), href: place.hrefIn(organization.slug) }]),
        ]}
        userMenu={<UserMenu viewer={viewer} />}
        sidebar={sidebar}
      >
        {children}
        <ZoneNote />
      </Shell>
    </Cached>
  );
}
