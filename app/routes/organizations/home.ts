import { href, redirect } from "react-router";
import { InOrganization } from "#app/organizations/schemas.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: () => answer(null),
  answer: (_none, _grant, { organization }) =>
    redirect(href("/organizations/:organization/dashboard", { organization })),
});
