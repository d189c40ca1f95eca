import { z } from "zod";
import { bell } from "#app/notifications/notifications.server.ts";
import { read } from "#app/operation/operation.server.ts";
import { together } from "#app/operation/plan.ts";
import { myOrganizations, ownersToAsk } from "#app/organizations/memberships.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";

export const frameOrganization = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "dashboard:read",
  execute: (scope) =>
    together({ organizations: myOrganizations(scope), owners: ownersToAsk(scope), bell: bell(scope) }),
  answer: (
    { organizations, owners, bell },
    { userId: id, viewer: { name, email, image }, organization, role, preferences },
  ) => ({
    viewer: { id, name, email, image },
    organization: {
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      logo: organizations.find(({ id }) => id === organization.id)?.logo ?? null,
    },
    role,
    owners: role === "owner" ? [] : owners,
    organizations,
    sidebar: preferences.sidebar,
    bell,
  }),
});

export const framePerson = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) => together({ bell: bell(scope) }),
  answer: ({ bell }, { userId: id, viewer: { name, email, image } }) => ({ viewer: { id, name, email, image }, bell }),
});
