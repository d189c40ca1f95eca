import { href, redirect } from "react-router";
import { z } from "zod";
import { lastUsedOrganization } from "#app/organizations/memberships.server.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: lastUsedOrganization,
  answer: (organization) => {
    if (organization === null) return redirect(href("/onboarding"));
    return redirect(href("/organizations/:organization/dashboard", { organization }));
  },
});
