import type { Membership } from "#app/organizations/memberships.server.ts";

export type Framed = { organizations: readonly Membership[] } | null | undefined;

/** The organization with this slug, if the person is a member of it. */
export function organizationAt(frame: Framed, slug: string | null | undefined): Membership | undefined {
  return frame?.organizations.find((each) => each.slug === slug);
}
