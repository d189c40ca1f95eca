import { lt } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { READ_KEPT_DAYS } from "./limits.ts";

/** Deletes notifications that were read long ago. A trigger keeps only the newest 500 of each person. */
export async function forgetOldNotifications({ db, now }: { db: Database; now: Date }): Promise<void> {
  await db.delete(notification).where(lt(notification.readAt, new Date(now.getTime() - READ_KEPT_DAYS * DAY_MS)));
}
