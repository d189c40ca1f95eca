import { dashboardPage } from "#app/dashboard/figures.server.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: dashboardPage,
  answer: (page) => Response.json(page),
});
