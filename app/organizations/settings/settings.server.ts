import { asc, desc, eq, gt, ne } from "drizzle-orm";
import { formerSlug, member, memberRank, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { serverFeatures } from "#app/features.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import type { Role } from "#app/tenancy/roles.ts";

const SUCCESSORS_SHOWN = 100;

const counted: NonNullable<ServerFeature["counted"]> = Object.assign(
  {},
  ...serverFeatures.map(({ counted }) => counted),
);

export type OrganizationFacts = {
  id: string;
  name: string;
  slug: string;
  logo: string | null;
  requiresSecondFactor: boolean;
  memberCount: number;
  imageCount: number;
  storageUsed: number;
  storageQuota: number;
  createdAt: number;
};

/** What every member may know about the organization. */
export function organizationFacts(scope: Scope<"dashboard:read">): Plan<OrganizationFacts | null> {
  const { id, name, slug, logo, requiresSecondFactor, memberCount, imageCount, storageUsed, storageQuota, createdAt } =
    organization;
  const found = scope
    .select({
      id,
      name,
      slug,
      logo,
      requiresSecondFactor,
      memberCount,
      imageCount,
      storageUsed,
      storageQuota,
      createdAt,
    })
    .from(organization);
  return plan({ found }, ({ found: [row] }) =>
    row === undefined ? null : { ...row, createdAt: row.createdAt.getTime() },
  );
}

export function organizationName(scope: Scope<"organization:update">): Plan<{ name: string } | null> {
  const found = scope.select({ name: organization.name }).from(organization);
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

export function organizationSlug(scope: Scope<"organization:update">): Plan<{ slug: string } | null> {
  const found = scope.select({ slug: organization.slug }).from(organization);
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

export type OrganizationSettings = {
  id: string;
  name: string;
  slug: string;
  logo: string | null;
  requiresSecondFactor: boolean;
  counts: Record<string, number>;
  formerSlugs: string[];
  successors: { id: string; name: string; role: Role }[];
};

export function organizationSettings(
  scope: Scope<"organization:update" | "organization:delete">,
): Plan<OrganizationSettings | null> {
  const found = scope
    .select({
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      logo: organization.logo,
      requiresSecondFactor: organization.requiresSecondFactor,
    })
    .from(organization);
  const counts = scope.select(counted).from(organization);
  const former = scope
    .select({ slug: formerSlug.slug })
    .from(formerSlug)
    .where(gt(formerSlug.heldUntil, scope.now))
    .orderBy(desc(formerSlug.heldUntil));
  const successors = scope
    .select({ id: member.id, name: user.name, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(ne(member.userId, scope.userId))
    .orderBy(memberRank(member.role), asc(member.createdAt), asc(member.id))
    .limit(SUCCESSORS_SHOWN);
  return plan({ found, counts, former, successors }, ({ found: [row], counts: [counts = {}], former, successors }) =>
    row === undefined ? null : { ...row, counts, formerSlugs: former.map(({ slug }) => slug), successors },
  );
}
