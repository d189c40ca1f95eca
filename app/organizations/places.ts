import { Images, LayoutDashboard, ScrollText, Settings, UsersRound } from "lucide-react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { can, type Role } from "./permissions.ts";

/** The pages of an organization that its sidebar leads to. */
const places = [
  {
    permission: "dashboard:read",
    icon: LayoutDashboard,
    label: () => m.organizations_place_dashboard(),
    hrefIn: (organization: string) => href("/organizations/:organization/dashboard", { organization }),
  },
  {
    permission: "gallery:read",
    icon: Images,
    label: () => m.organizations_place_gallery(),
    hrefIn: (organization: string) => href("/organizations/:organization/gallery", { organization }),
  },
  {
    permission: "member:read",
    icon: UsersRound,
    label: () => m.organizations_place_members(),
    hrefIn: (organization: string) => href("/organizations/:organization/members", { organization }),
  },
  {
    permission: "audit:read",
    icon: ScrollText,
    label: () => m.audit_title(),
    hrefIn: (organization: string) => href("/organizations/:organization/audit", { organization }),
  },
  {
    permission: "organization:update",
    icon: Settings,
    label: () => m.organizations_place_settings(),
    hrefIn: (organization: string) => href("/organizations/:organization/settings", { organization }),
  },
] as const;

export type Place = (typeof places)[number];

export function placesFor(role: Role): Place[] {
  return places.filter(({ permission }) => can(role, permission));
}

/** The place this path stands in, also when it is a page below it. */
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
