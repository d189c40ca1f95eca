import { z } from "zod";
import type { DashboardPage } from "./figures.server.ts";

export const DashboardAnswer = z
  .object({
    figures: z
      .record(z.string(), z.number())
      .meta({ description: "Bytes, where a figure is of storage.", examples: [{ members: 4 }] }),
    activity: z
      .array(z.object({ day: z.iso.date(), count: z.int().min(0) }))
      .describe("Entries of the log in each of the last days of UTC."),
  })
  .meta({ id: "Dashboard" });

export function dashboardAnswer({ figures, days }: DashboardPage) {
  return { figures: { ...figures }, activity: days };
}
