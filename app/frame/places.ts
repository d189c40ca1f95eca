import { href } from "react-router";
import { featureViews } from "#app/features.view.ts";
import { m } from "#app/i18n/messages.ts";
import type { Command, Place } from "#app/tenancy/feature-view.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import type { Crumb } from "#app/ui/breadcrumb.tsx";

const places = featureViews.flatMap(({ places = [] }) => places);

export function placesFor(role: Role): Place[] {
  return places.filter(({ permission }) => can(role, permission));
}

const commands = featureViews.flatMap(({ commands = [] }) => commands);

export function commandsFor(role: Role): Command[] {
  return commands.filter(({ permission }) => can(role, permission));
}

export function placeOf(pathname: string, organization: string): Place | undefined {
  const isAt = (path: string) => `${pathname}/`.toLowerCase().startsWith(`${path}/`);
  const home = href("/organizations/:organization", { organization });
  return places.find(
    ({ hrefIn, holds = [] }) => isAt(hrefIn(organization)) || holds.some((each) => isAt(`${home}/${each}`)),
  );
}

export function ownCrumbs(pathname: string): Crumb[] {
  const own = [
    { label: m.organizations_own_settings(), href: href("/settings") },
    { label: m.notifications_title(), href: href("/notifications") },
    { label: m.organizations_list_title(), href: href("/organizations") },
  ];
  return own.filter((each) => `${pathname}/`.startsWith(`${each.href}/`));
}

export function homeOf({ slug: organization }: { slug: string }): string {
  return href("/organizations/:organization/dashboard", { organization });
}

/** The address to open when another organization is chosen: the same place in it, if the person's role there allows it. */
export function hrefInOther(other: { slug: string; role: Role }, current: Place | undefined): string {
  const isOpen = current !== undefined && can(other.role, current.permission);
  return isOpen ? current.hrefIn(other.slug) : homeOf(other);
}
