import { z } from "zod";
import type { DashboardPage } from "./figures.server.ts";

export const DashboardAnswer = z
  .object({
    figures: z
      .record(z.string(), z.number())
      .meta({ description: "Storage figures are in bytes.", examples: [{ members: 4 }] }),
    activity: z
      .array(z.object({ day: z.iso.date(), count: z.int().min(0) }))
      .describe("The number of audit log entries on each of the last days (UTC)."),
  })
  .meta({ id: "Dashboard" });

export function dashboardAnswer({ figures, days }: DashboardPage) {
  return { figures: { ...figures }, activity: days };
}
