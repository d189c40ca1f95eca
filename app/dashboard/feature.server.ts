import { lt } from "drizzle-orm";
import { activity } from "#app/db/schema/audit.ts";
import type { ServerFeature, Turn } from "#app/tenancy/feature.server.ts";
import { ACTIVITY_KEPT_DAYS } from "./limits.ts";

const QUARTERS_A_DAY = 96;

export const dashboardOnServer = {
  scheduled: { "forget activity": forgetActivity },
} satisfies ServerFeature;

async function forgetActivity({ db, now }: Turn): Promise<void> {
  const quarter = Math.floor(now.getTime() / 900_000) - ACTIVITY_KEPT_DAYS * QUARTERS_A_DAY;
  await db.delete(activity).where(lt(activity.quarter, quarter));
}
