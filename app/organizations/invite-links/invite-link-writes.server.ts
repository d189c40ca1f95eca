import { eq, isNull, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { inviteLink, organization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { idOnce } from "#app/fields/once.server.ts";
import type { ByPerson, Grant } from "#app/operation/grant.server.ts";
import { digest, newToken } from "#app/tokens.server.ts";
import { INVITE_LINKS_MAXIMUM } from "../limits.ts";
import { isOpen } from "./invite-link-life.server.ts";
import { inviteLinkPath } from "./invite-link-path.ts";
import type { InviteLinkId, MakeInviteLink } from "./schemas.ts";

type Managing = ByPerson<Grant<"invite-link:manage">>;

const PREFIX_CHARACTERS = 6;

/** Only this response shows the link. The same form sent twice makes one link, which both responses show. */
export async function createInviteLink(
  grant: Managing,
  { days, uses, domain, once }: Pick<MakeInviteLink, "days" | "uses" | "domain" | "once">,
): Promise<{ ok: true; link: string } | { ok: false; reason: "full" | "gone" }> {
  const { organizationId, actor, newId, now, userId } = grant;
  const id = idOnce({ once, equal: [organizationId, days, uses, domain ?? ""], actor, newId });
  const token = once === undefined ? newToken() : grant.tokenFor(`invite-link:${id}:${once}`);
  const prefix = token.slice(0, PREFIX_CHARACTERS);
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  const open = sql`(select count(*) from ${inviteLink} where ${grant.rows(inviteLink, isOpen(now))})`;
  const { facts } = await change(grant, {
    action: "invite-link.created",
    from: organization,
    target: { id, name: prefix },
    after: { domain, uses, expiresAt: expiresAt.getTime() },
    where: sql`${open} < ${INVITE_LINKS_MAXIMUM}
      and not exists (select 1 from ${inviteLink} where ${eq(inviteLink.id, id)})`,
    makes: (entry) => ({
      link: entry.insert(inviteLink, {
        ...{ id, tokenHash: digest(token), prefix, createdBy: userId, domain },
        ...{ maximumUses: uses, expiresAt, createdAt: now },
      }),
    }),
    facts: { made: grant.select({ revokedAt: inviteLink.revokedAt }).from(inviteLink).where(eq(inviteLink.id, id)) },
  });
  const [made] = facts.made;
  if (made === undefined) return { ok: false, reason: "full" };
  if (made.revokedAt !== null) return { ok: false, reason: "gone" };
  return { ok: true, link: grant.appUrl + inviteLinkPath(token) };
}

/** The link lets nobody in any more. People who joined with it stay. */
export async function revokeInviteLink(
  grant: Managing,
  { link: id }: { link: InviteLinkId },
): Promise<{ ok: true } | { ok: false; reason: "gone" }> {
  const { facts } = await change(grant, {
    action: "invite-link.revoked",
    from: inviteLink,
    target: { id: inviteLink.id, name: inviteLink.prefix },
    where: [eq(inviteLink.id, id), isNull(inviteLink.revokedAt)],
    makes: (entry) => ({ link: entry.update(inviteLink, { revokedAt: grant.now }, eq(inviteLink.id, id)) }),
    facts: { found: grant.select({ id: inviteLink.id }).from(inviteLink).where(eq(inviteLink.id, id)) },
  });
  return facts.found.length === 1 ? { ok: true } : { ok: false, reason: "gone" };
}
