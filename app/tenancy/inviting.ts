import { type SQL, sql } from "drizzle-orm";
import type { invitation } from "#app/db/schema/organizations.ts";
import { isLivingKey, keyHas } from "./key-rules.ts";
import { mayOwnOneMore } from "./owning.ts";
import { rolesWith } from "./permissions.ts";
import { rolesRuledBy, ruledByKeys } from "./roles.ts";

type Status = (typeof invitation.$inferSelect)["status"];

/** SQL that is true for an invitation that has neither been answered nor expired. `row` is the name of its row in the query. */
export function isOpenInvitation(now: Date, row = sql`invitation`): SQL {
  return sql`(${row}.status = 'pending' and ${row}.expires_at > ${now.getTime()})`;
}

/** The status as it is now: the stored one changes only when the schedule runs. */
export function statusAt(now: Date, { status, expiresAt }: { status: Status; expiresAt: Date }): Status {
  return status === "pending" && expiresAt <= now ? "expired" : status;
}

/**
 * SQL over `invitation` that is true if its last sender may still invite into its role: a person by their current membership, a
 * key that is alive, has the permission and does not invite its own maker. The invited person must not have been removed since.
 * An invitation is worth no more than its sender.
 */
export function isHeldInvitation(now: Date): SQL {
  const mayInvite = rolesWith("invitation:create").map(
    (role) => sql`(inviter.role = ${role} and invitation.role in ${rolesRuledBy(role)})`,
  );
  return sql`((exists (
      select 1 from member as inviter where inviter.organization_id = invitation.organization_id
        and inviter.user_id = invitation.inviter_id and (${sql.join(mayInvite, sql` or `)}))
    or (invitation.role in ${ruledByKeys} and exists (
      select 1 from api_key as inviter where inviter.id = invitation.inviter_key_id
        and inviter.organization_id = invitation.organization_id
        and not exists (select 1 from user as maker where maker.id = inviter.created_by and maker.email = invitation.email)
        and ${keyHas("invitation:create", sql`inviter`)} and ${isLivingKey(now, sql`inviter`)})))
    and not ${isFromBefore})`;
}

/**
 * True if the person who has the invited address now was removed here, or given another role, after the invitation was last
 * sent or changed: they took the address later. The plus keeps SQLite from using the index of the tenant's actions, which would
 * read every removal ever made.
 */
const isFromBefore = sql`exists (
  select 1 from user as invited join audit_entry as decision on decision.target_id = invited.id
  where invited.email = invitation.email and +decision.organization_id = invitation.organization_id
    and decision.action in ('member.removed', 'member.role-changed')
    and not exists (
      select 1 from audit_entry as vouching where vouching.target_id = invitation.id
        and +vouching.organization_id = invitation.organization_id
        and vouching.action in ('invitation.created', 'invitation.resent', 'invitation.role-changed')
        and vouching.sequence > decision.sequence))`;

/** SQL that is true for an organization that can take no more members. `row` is the name of its row in the query. */
export function isFullOrganization(row = sql`organization`): SQL<boolean> {
  return sql<boolean>`(${row}.member_count >= ${row}.member_limit)`.mapWith(Boolean);
}

/** What keeps an invited person from accepting an open invitation. */
export type Lack = "organization-full" | "too-many-owned";

/**
 * SQL over `invitation`: what keeps this person from accepting it, or null. A member's second invitation needs no room. Only the
 * invited person may learn it, since it tells how many others there are.
 */
export function lackOf(userId: string | SQL) {
  return sql<Lack | null>`(select case
      when ${isFullOrganization(sql`host`)} then 'organization-full'
      when invitation.role = 'owner' and not ${mayOwnOneMore(userId)} then 'too-many-owned' end
    from organization as host where host.id = invitation.organization_id and not exists (
      select 1 from member as own where own.organization_id = host.id and own.user_id = ${userId}))`;
}
