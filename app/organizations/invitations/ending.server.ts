import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Writer } from "#app/change/change.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { mail } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation } from "#app/db/schema/organizations.ts";

/** Gives up the waiting mails of the invitations that `which` selects. */
export function endedMails({ db, when = sql`true` }: { db: Database; when?: SQL }, which: SQL | undefined) {
  return db
    .update(mail)
    .set({ status: "given-up", data: {} })
    .where(
      and(eq(mail.status, "waiting"), sql`${mail.id} in (select mail_id from ${invitation} where ${which})`, when),
    );
}

export function newsOf(which: SQL | undefined): SQL {
  return sql`${notification.invitationId} in (select id from ${invitation} where ${which})`;
}

export const OF_OTHERS = "An invited person is not a member yet, and their mail does not belong to the tenant.";

/** Marks the news of invitations that end as read and gives up their mails. Must run before the invitations are removed. */
export function silencedBy(entry: Writer, { which }: { which: SQL | undefined }) {
  return { closedNews: entry.closeNews(newsOf(which)), endedMails: endedMails(entry.unsafe(OF_OTHERS), which) };
}
