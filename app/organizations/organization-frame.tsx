import type { ReactNode } from "react";
import { href, useLocation } from "react-router";
import { Shell } from "#app/ui/shell.tsx";
import type { NavigationItem } from "#app/ui/shell-navigation.tsx";
import type { Membership } from "./memberships.server.ts";
import { OrganizationSwitcher } from "./organization-switcher.tsx";
import type { Role } from "./permissions.ts";
import { placeOf, placesFor } from "./places.ts";
import { UserMenu, type Viewer } from "./user-menu.tsx";

export type OrganizationFrameData = {
  viewer: Viewer;
  organization: { name: string; slug: string; logo: string | null };
  role: Role;
  organizations: Membership[];
  sidebar: "open" | "collapsed";
};

type OrganizationFrameProps = {
  frame: OrganizationFrameData;
  /** Small controls at the end of the top bar, given the pages of this frame. */
  actions: (pages: readonly NavigationItem[]) => ReactNode;
  children: ReactNode;
};

/** What stands around every page of an organization. */
export function OrganizationFrame({ frame, actions, children }: OrganizationFrameProps) {
  const { viewer, organization, role, organizations, sidebar } = frame;
  const { pathname } = useLocation();
  const place = placeOf(pathname, organization.slug);
  const pages = placesFor(role).map(({ icon, label, hrefIn }) => ({
    icon,
    label: label(),
    href: hrefIn(organization.slug),
  }));
  const home = href("/organizations/:organization/dashboard", { organization: organization.slug });
  return (
    <Shell
      switcher={<OrganizationSwitcher current={organization} organizations={organizations} place={place} />}
      items={pages}
      actions={actions(pages)}
      crumbs={[
        { label: organization.name, href: home },
        ...(place === undefined ? [] : [{ label: place.label(), href: place.hrefIn(organization.slug) }]),
      ]}
      userMenu={<UserMenu viewer={viewer} />}
      sidebar={sidebar}
    >
      {children}
    </Shell>
  );
}
