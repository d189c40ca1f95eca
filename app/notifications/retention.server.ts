import { lt, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { KEPT_PER_PERSON, READ_KEPT_DAYS } from "./limits.ts";

/** Forgets what was read long ago, and of the rest all but a person's newest. */
export async function forgetOldNotifications({ db, now }: { db: Database; now: Date }): Promise<void> {
  await db.batch([
    db.delete(notification).where(lt(notification.readAt, new Date(now.getTime() - READ_KEPT_DAYS * 86_400_000))),
    db.run(sql`
      delete from notification where id in (
        select id from (
          select id, row_number() over (partition by user_id order by created_at desc, id desc) as place from notification
          where user_id in (select user_id from notification group by user_id having count(*) > ${KEPT_PER_PERSON}))
        where place > ${KEPT_PER_PERSON})`),
  ]);
}
