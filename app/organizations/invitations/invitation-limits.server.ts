import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { mail } from "#app/db/schema/mail.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { DAY_MS, DAY_SECONDS, HOUR_SECONDS } from "#app/durations.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { allOf, perOrganization, perPersonOrKeys } from "#app/operation/limits.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isFullOrganization, isOpenInvitation } from "#app/tenancy/inviting.ts";
import {
  INVITATIONS_PER_DAY,
  INVITATIONS_PER_HOUR,
  INVITATIONS_TO_ONE_PER_DAY,
  PENDING_INVITATIONS_MAXIMUM,
} from "../limits.ts";

/** A limit per organization alone would not stop a person who makes and deletes more organizations. */
export const invitingLimit = allOf(
  perOrganization("invite", INVITATIONS_PER_HOUR, HOUR_SECONDS),
  perPersonOrKeys("invites", INVITATIONS_PER_DAY, DAY_SECONDS),
);

export function isSparedAddress(email: string | SQLWrapper): SQL {
  return sql`(
    select count(*) from ${mail} where ${mail.recipient} = ${email} and ${mail.template} = 'invitation'
      and ${mail.createdAt} > unixepoch('subsec') * 1000 - ${DAY_MS}) < ${INVITATIONS_TO_ONE_PER_DAY}`;
}

/** Whether the organization can take no more people, and how many invitations are open, up to the maximum. */
export type RoomToInvite = { isFull: boolean; pending: number };

export function roomToInvite(scope: Pick<Scope<"invitation:create">, "select" | "count" | "now">): Plan<RoomToInvite> {
  const rows = scope
    .select({
      isFull: isFullOrganization(),
      pending: scope.count(invitation, { where: isOpenInvitation(scope.now), upTo: PENDING_INVITATIONS_MAXIMUM }),
    })
    .from(organization);
  return plan({ rows }, ({ rows: [row] }) => row ?? { isFull: false, pending: 0 });
}
