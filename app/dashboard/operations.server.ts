import { read } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { dashboardPage } from "./figures.server.ts";
import { DashboardVisit } from "./schemas.ts";

export const showDashboard = read({
  validate: DashboardVisit,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: dashboardPage,
});

export const enterOrganization = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "dashboard:read",
  execute: nothing,
});
