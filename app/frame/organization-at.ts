import { nameApart } from "#app/i18n/names-apart.ts";
import type { Membership } from "#app/organizations/memberships.server.ts";

type Framed = { organizations: readonly Membership[] } | null | undefined;

/** The one in the address, if the person is in it. */
export function organizationAt(frame: Framed, slug: string | null | undefined): Membership | undefined {
  return frame?.organizations.find((each) => each.slug === slug);
}

/** For the title of a page. */
export function nameOfOrganizationAt(frame: Framed, slug: string): string {
  return nameApart(organizationAt(frame, slug)?.name ?? "");
}
