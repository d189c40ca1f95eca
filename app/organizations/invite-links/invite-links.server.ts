import { and, desc, eq, sql } from "drizzle-orm";
import { isTrue } from "#app/db/is-true.server.ts";
import { inviteLink } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { whetherFull } from "#app/operation/fullness.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { INVITE_LINKS_MAXIMUM } from "../limits.ts";
import { isHeld, isOpen } from "./invite-link-life.server.ts";
import type { InviteLinkId } from "./schemas.ts";

/** Times are in milliseconds. */
export type InviteLink = {
  id: string;
  prefix: string;
  domain: string | null;
  uses: number;
  maximumUses: number;
  expiresAt: number;
  makerName: string | null;
  /** If false, its maker may no longer make links, and it lets nobody in. */
  isHeld: boolean;
};

type Reading = Scope<"invite-link:manage">;

export function openLinks(scope: Reading): Plan<{ links: InviteLink[] }> {
  const links = openRows(scope).orderBy(desc(inviteLink.createdAt), desc(inviteLink.id)).limit(INVITE_LINKS_MAXIMUM);
  return plan({ links }, (found) => found);
}

export function linksFull(scope: Reading): Plan<{ isFull: boolean }> {
  const count = scope.count(inviteLink, { where: isOpen(scope.now), upTo: INVITE_LINKS_MAXIMUM });
  return whetherFull(scope, count, INVITE_LINKS_MAXIMUM);
}

export function openLink(scope: Reading, { link: id }: { link: InviteLinkId }): Plan<{ link: InviteLink } | null> {
  const links = openRows(scope, id);
  return plan({ links }, ({ links: [link] }) => (link === undefined ? null : { link }));
}

function openRows(scope: Reading, id?: InviteLinkId) {
  return scope
    .select({
      id: inviteLink.id,
      prefix: inviteLink.prefix,
      domain: inviteLink.domain,
      uses: inviteLink.uses,
      maximumUses: inviteLink.maximumUses,
      expiresAt: sql<number>`${inviteLink.expiresAt}`,
      makerName: sql<string | null>`(select ${user.name} from ${user} where ${user.id} = ${inviteLink.createdBy})`,
      isHeld: isTrue(isHeld),
    })
    .from(inviteLink)
    .where(and(isOpen(scope.now), id && eq(inviteLink.id, id)));
}
