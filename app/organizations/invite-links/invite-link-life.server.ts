import { type SQL, sql } from "drizzle-orm";
import { rolesWith } from "#app/tenancy/permissions.ts";

/** SQL over `invite_link` that is true if the link is neither revoked nor expired nor used up. */
export function isOpen(now: Date): SQL {
  return sql`(invite_link.revoked_at is null and invite_link.expires_at > ${now.getTime()}
    and invite_link.uses < invite_link.maximum_uses)`;
}

/** SQL over `invite_link` that is true while its maker is a member who may make links, since a link has no rights of its own. */
export const isHeld = sql`exists (
  select 1 from member as maker where maker.organization_id = invite_link.organization_id
    and maker.user_id = invite_link.created_by and maker.role in ${rolesWith("invite-link:manage")})`;
