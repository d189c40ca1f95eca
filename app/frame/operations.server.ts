import { z } from "zod";
import { bell } from "#app/notifications/notifications.server.ts";
import { read } from "#app/operation/operation.server.ts";
import { planOf, together } from "#app/operation/plan.ts";
import { organizationsOfVisitor } from "#app/organizations/memberships.server.ts";
import { Slug } from "#app/tenancy/slug.ts";

/** Open to nobody as well, so that it never refuses what stands inside: null for a visitor, and once the session has ended. */
export const frameVisitor = read({
  validate: z.object({ organization: Slug.optional().catch(undefined) }),
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { organization: slug }) =>
    together({
      mine: scope.viewer === null ? planOf(null) : organizationsOfVisitor(scope, slug),
      bell: scope.viewer === null ? planOf(null) : bell(scope),
    }),
  answer: ({ mine, bell }, { viewer, preferences: { sidebar }, said }) => {
    if (viewer === null || mine === null || bell === null) return null;
    const { userId: id, name, email, image } = viewer;
    return { viewer: { id, name, email, image }, ...mine, sidebar, said: said(), bell };
  },
});
