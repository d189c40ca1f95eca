import { and, eq, lte, sql } from "drizzle-orm";
import { markClosed, notificationStatement } from "#app/change/news.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { rolesWith } from "#app/tenancy/permissions.ts";

export async function expireInvitations({ db, now }: { db: Database; now: Date }): Promise<void> {
  const isOver = and(eq(invitation.status, "pending"), lte(invitation.expiresAt, now));
  await db.batch([
    notificationStatement(
      { db, now },
      {
        type: "invitation-expired",
        to: sql`
          select ${invitation.inviterId} as user_id, ${invitation.id} as invitation_id, ${organization.id} as organization_id,
            ${organization.name} as name
          from ${invitation} join ${organization} on ${organization.id} = ${invitation.organizationId}
          join ${member} on ${member.organizationId} = ${organization.id} and ${member.userId} = ${invitation.inviterId}
            and ${member.role} in ${rolesWith("invitation:read")}
          where ${isOver}`,
        organization: { id: sql`recipient.organization_id`, name: sql`recipient.name` },
        invitationId: sql`recipient.invitation_id`,
        when: sql`true`,
      },
    ),
    markClosed({ db, now }, sql`${notification.invitationId} in (select id from ${invitation} where ${isOver})`),
    db.update(invitation).set({ status: "expired" }).where(isOver),
  ]);
}
