import type { Membership } from "#app/organizations/memberships.server.ts";

export type Framed = { organizations: readonly Membership[] } | null | undefined;

/** The one in the address, if the person is in it. */
export function organizationAt(frame: Framed, slug: string | null | undefined): Membership | undefined {
  return frame?.organizations.find((each) => each.slug === slug);
}
