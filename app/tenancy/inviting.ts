import { type SQL, sql } from "drizzle-orm";
import { rolesWith } from "./permissions.ts";
import { rolesRuledBy, ruledByKeys } from "./roles.ts";

/**
 * SQL over `invitation`: who has sent it, last, may still invite into its role: a person by their membership as it is now, a key
 * that may invite, while it lives, and not for its own maker; and nobody has removed the invited person since. An invitation is worth no more than who sent it.
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
        and exists (select 1 from json_each(inviter.permissions) where value = 'invitation:create')
        and inviter.revoked_at is null and (inviter.expires_at is null or inviter.expires_at > ${now.getTime()}))))
    and not ${isFromBefore})`;
}

/**
 * Whose address it is by now was removed here, or given another role, after anybody last vouched for it: they took the address
 * since. The plus keeps SQLite from the index of the tenant's actions, which would lead through all who were ever removed.
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
