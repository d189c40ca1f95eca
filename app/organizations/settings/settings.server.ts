import { and, asc, desc, eq, gt, ne } from "drizzle-orm";
import { formerSlug, member, memberRank, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import type { Role } from "../permissions.ts";

/** Enough for every member of an organization whose limit was not lifted. */
const SUCCESSORS_SHOWN = 100;

export type OrganizationSettings = {
  name: string;
  slug: string;
  logo: string | null;
  requiresSecondFactor: boolean;
  members: number;
  images: number;
  /** What still leads here, the newest first. */
  formerSlugs: string[];
  /** Who the ownership could be handed to, by rank. */
  successors: { id: string; name: string; role: Role }[];
};

export function organizationSettings(
  scope: Scope<"organization:update" | "organization:delete">,
): Plan<OrganizationSettings> {
  const { db, organizationId, userId, now } = scope;
  const found = db
    .select({
      name: organization.name,
      slug: organization.slug,
      logo: organization.logo,
      requiresSecondFactor: organization.requiresSecondFactor,
      members: organization.memberCount,
      images: organization.imageCount,
    })
    .from(organization)
    .where(eq(organization.id, organizationId));
  const former = db
    .select({ slug: formerSlug.slug })
    .from(formerSlug)
    .where(and(eq(formerSlug.organizationId, organizationId), gt(formerSlug.heldUntil, now)))
    .orderBy(desc(formerSlug.heldUntil));
  const successors = db
    .select({ id: member.id, name: user.name, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, organizationId), ne(member.userId, userId)))
    .orderBy(memberRank(member.role), asc(member.createdAt), asc(member.id))
    .limit(SUCCESSORS_SHOWN);
  return plan({ found, former, successors }, ({ found: [row], former, successors }) => {
    if (row === undefined) throw new Error("An organization without a row: the access row was there.");
    return { ...row, formerSlugs: former.map(({ slug }) => slug), successors };
  });
}
