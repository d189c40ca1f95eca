import { sql } from "drizzle-orm";
import { apiKey } from "#app/db/schema/keys.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";

/** The name of the person or key that invites; null if the person's account is deleted. */
export const inviterName = sql<string | null>`coalesce(
  (select inviter.name from ${user} as inviter where inviter.id = ${invitation.inviterId}),
  (select inviter.name from ${apiKey} as inviter where inviter.id = ${invitation.inviterKeyId}))`;
