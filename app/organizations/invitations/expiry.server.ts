import { and, eq, lte, type SQL, sql } from "drizzle-orm";
import type { Writer } from "#app/change/change.server.ts";
import { markClosed, notificationStatement } from "#app/change/news.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { rolesWith } from "#app/tenancy/permissions.ts";
import { endedMails, newsOf, OF_OTHERS } from "./ending.server.ts";

type Expiring = { db: Database; now: Date; when?: SQL; which?: SQL | undefined; by?: string | null };

/** `by` is the person who is not notified, since they see it themselves. */
function expired({ db, now, when = sql`true`, which, by = null }: Expiring) {
  const isOver = and(eq(invitation.status, "pending"), lte(invitation.expiresAt, now), which, when);
  return {
    told: notificationStatement(
      { db, now },
      {
        type: "invitation-expired",
        to: sql`
          select ${invitation.inviterId} as user_id, ${invitation.id} as invitation_id, ${organization.id} as organization_id,
            ${organization.name} as name
          from ${invitation} join ${organization} on ${organization.id} = ${invitation.organizationId}
          join ${member} on ${member.organizationId} = ${organization.id} and ${member.userId} = ${invitation.inviterId}
            and ${member.role} in ${rolesWith("invitation:read")}
          where ${isOver} and ${invitation.inviterId} is not ${by}`,
        organization: { id: sql`recipient.organization_id`, name: sql`recipient.name` },
        invitationId: sql`recipient.invitation_id`,
        when: sql`true`,
      },
    ),
    closedNews: markClosed({ db, now }, newsOf(isOver)),
    endedMails: endedMails({ db }, isOver),
    expired: db.update(invitation).set({ status: "expired" }).where(isOver),
  };
}

/** Ends an expired invitation before the schedule does, to make room for its successor. */
export function expiredBy(may: Writer, { now, which, by }: Pick<Expiring, "now" | "which" | "by">) {
  return expired({ ...may.unsafe(OF_OTHERS), now, which, by: by ?? null });
}

/** Ends all expired invitations, in a turn of the schedule. */
export async function expireInvitations({ db, now }: { db: Database; now: Date }): Promise<void> {
  const { told, closedNews, endedMails, expired: over } = expired({ db, now });
  await db.batch([told, closedNews, endedMails, over]);
}
