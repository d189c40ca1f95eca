import { z } from "zod";
import { unreadOnBell } from "#app/notifications/notifications.server.ts";
import { read } from "#app/operation/operation.server.ts";
import { planOf, together } from "#app/operation/plan.ts";
import { organizationsOfVisitor } from "#app/organizations/memberships.server.ts";
import { Slug } from "#app/tenancy/slug.ts";

/** Open to visitors too, so that it never refuses the page inside it. Returns null when there is no session or it has ended. */
export const openFrame = read({
  validate: z.object({ organization: Slug.optional().catch(undefined) }),
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { organization: slug }) =>
    together({
      mine: scope.viewer === null ? planOf(null) : organizationsOfVisitor(scope, slug),
      unread: scope.viewer === null ? planOf(0) : unreadOnBell(scope),
    }),
  answer: ({ mine, unread }, { viewer, preferences: { sidebar }, said, now }) => {
    if (viewer === null || mine === null) return null;
    const { userId: id, name, email, image } = viewer;
    const bell = { unread, newest: null, now: now.getTime() };
    return { viewer: { id, name, email, image }, ...mine, sidebar, said: said(), bell };
  },
});
