import { href } from "react-router";
import { featureViews } from "#app/features.view.ts";
import type { Command, Place } from "#app/tenancy/feature-view.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";

const places = featureViews.flatMap(({ places = [] }) => places);

export function placesFor(role: Role): Place[] {
  return places.filter(({ permission }) => can(role, permission));
}

const commands = featureViews.flatMap(({ commands = [] }) => commands);

export function commandsFor(role: Role): Command[] {
  return commands.filter(({ permission }) => can(role, permission));
}

export function placeOf(pathname: string, organization: string): Place | undefined {
  return places.find(({ hrefIn }) => `${pathname}/`.startsWith(`${hrefIn(organization)}/`));
}

/** Where choosing another organization leads: the same place in it, if this person's role there may. */
export function hrefInOther(other: { slug: string; role: Role }, current: Place | undefined): string {
  const isOpen = current !== undefined && can(other.role, current.permission);
  return isOpen
    ? current.hrefIn(other.slug)
    : href("/organizations/:organization/dashboard", { organization: other.slug });
}
