import { z } from "zod";
import { fromText } from "#app/fields/from-text.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { ACTIVITY_DAYS, PLOT_DAYS } from "./limits.ts";

export const DashboardVisit = InOrganization.extend({
  days: fromText(z.literal(PLOT_DAYS)).default(ACTIVITY_DAYS).describe("The number of days of activity."),
});
export type DashboardVisit = z.infer<typeof DashboardVisit>;
