import { sql } from "drizzle-orm";
import { apiKey } from "#app/db/schema/keys.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";

/** Of the person or the key that invites; null: the person's account is gone. */
export const inviterName = sql<string | null>`coalesce(
  (select inviter.name from ${user} as inviter where inviter.id = ${invitation.inviterId}),
  (select inviter.name from ${apiKey} as inviter where inviter.id = ${invitation.inviterKeyId}))`;
