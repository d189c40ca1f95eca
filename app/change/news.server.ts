import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { NotificationType } from "#app/features.news.ts";
import { NEWS_PER_DAY } from "./limits.ts";

type Cause = {
  readonly db: Database;
  readonly userId?: string;
  readonly now: Date;
};

export type News = {
  type: NotificationType;
  /** A `select` of `user_id`, the recipients. Other values can use its further columns as `recipient.…`. */
  to: SQL;
  /** The person whom the notification names, and who never receives it. By default, the person who causes it. */
  actor?: string | SQL | null;
  organization: { id: string | SQL | null; name: string | SQL };
  role?: string | SQL;
  invitationId?: string | SQL;
  target?: { id: string | SQL; name: string | SQL };
  when: SQL;
};

export function notificationStatement({ db, userId, now }: Cause, news: News) {
  const { type, to, actor = userId ?? null, organization, role = null, invitationId = null, target, when } = news;
  return db.run(sql`
    insert into ${notification}
      (id, user_id, type, organization_id, organization_name, actor_id, role, invitation_id, target_id, target_name,
        created_at)
    select lower(hex(randomblob(16))), recipient.user_id, ${type}, ${organization.id}, ${organization.name},
      ${actor}, ${role}, ${invitationId}, ${target?.id ?? null},
      ${target?.name ?? null}, ${now.getTime()}
    from (${to}) as recipient
    where recipient.user_id is not ${actor} and ${when} and (
      select count(*) from ${notification} as lately where lately.user_id = recipient.user_id
        and lately.created_at > ${now.getTime() - DAY_MS} and lately.type = ${type}
        and lately.organization_id is ${organization.id}) < ${NEWS_PER_DAY}`);
}

export function markClosed({ db, now }: Pick<Cause, "db" | "now">, which: SQL) {
  return db
    .update(notification)
    .set({ readAt: now })
    .where(and(eq(notification.type, "invitation-received"), isNull(notification.readAt), which));
}
