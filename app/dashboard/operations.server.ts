import { read } from "#app/request/operations.server.ts";
import { nothing } from "#app/request/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { dashboardPage } from "./figures.server.ts";

export const showDashboard = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: dashboardPage,
});

export const enterOrganization = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: nothing,
});
