import { type SQL, sql } from "drizzle-orm";
import { rolesWith } from "./permissions.ts";
import { rolesRuledBy, ruledByKeys } from "./roles.ts";

/**
 * SQL over `invitation`: who has sent it, last, may still invite into its role: a person by their membership as it is now, a key
 * while it lives. An invitation is worth no more than who sent it.
 */
export function isHeldInvitation(now: Date): SQL {
  const mayInvite = rolesWith("invitation:create").map(
    (role) => sql`(inviter.role = ${role} and invitation.role in ${rolesRuledBy(role)})`,
  );
  return sql`(exists (
      select 1 from member as inviter where inviter.organization_id = invitation.organization_id
        and inviter.user_id = invitation.inviter_id and (${sql.join(mayInvite, sql` or `)}))
    or (invitation.role in ${ruledByKeys} and exists (
      select 1 from api_key as inviter where inviter.id = invitation.inviter_key_id
        and inviter.organization_id = invitation.organization_id
        and inviter.revoked_at is null and (inviter.expires_at is null or inviter.expires_at > ${now.getTime()}))))`;
}
