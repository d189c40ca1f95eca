import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { mail } from "#app/db/schema/mail.ts";
import { allOf, perOrganization, perPersonOrKeys } from "#app/operation/limits.server.ts";
import { INVITATIONS_PER_DAY, INVITATIONS_PER_HOUR, INVITATIONS_TO_ONE_PER_DAY } from "../limits.ts";

/** A limit per organization alone would not stop a person who makes and deletes more organizations. */
export const invitingLimit = allOf(
  perOrganization("invite", INVITATIONS_PER_HOUR, 3600),
  perPersonOrKeys("invites", INVITATIONS_PER_DAY, 86_400),
);

export function isSparedAddress(email: string | SQLWrapper): SQL {
  return sql`(
    select count(*) from ${mail} where ${mail.recipient} = ${email} and ${mail.template} = 'invitation'
      and ${mail.createdAt} > unixepoch('subsec') * 1000 - 86400000) < ${INVITATIONS_TO_ONE_PER_DAY}`;
}
