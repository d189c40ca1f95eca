import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { hideChecklist } from "./checklist.server.ts";
import { dashboardPage } from "./figures.server.ts";
import { DashboardVisit } from "./schemas.ts";

export const showDashboard = read({
  validate: DashboardVisit,
  authenticate: "session",
  authorize: "dashboard:read",
  execute: dashboardPage,
});

export const hideSteps = write({
  validate: InOrganization,
  authenticate: "person",
  authorize: "dashboard:read",
  limit: changeLimit,
  execute: hideChecklist,
  refused: {},
});

export const enterOrganization = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "dashboard:read",
  execute: nothing,
});
