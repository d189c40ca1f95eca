import { type SQL, sql } from "drizzle-orm";
import { rolesWith } from "#app/tenancy/permissions.ts";

/** SQL over `invite_link`: neither revoked nor expired nor used up. */
export function isOpen(now: Date): SQL {
  return sql`(invite_link.revoked_at is null and invite_link.expires_at > ${now.getTime()}
    and invite_link.uses < invite_link.maximum_uses)`;
}

/** SQL over `invite_link`: its maker is here and may still make one. A link is worth no more than who made it. */
export const isHeld = sql`exists (
  select 1 from member as maker where maker.organization_id = invite_link.organization_id
    and maker.user_id = invite_link.created_by and maker.role in ${rolesWith("invite-link:manage")})`;
