import { type SQL, sql } from "drizzle-orm";
import { user } from "#app/db/schema/people.ts";
import type { SecurityChange } from "#app/mail/templates.ts";

export function securityMail({ userId, appUrl }: { userId: string | SQL; appUrl: string }, what: SecurityChange) {
  return {
    template: "security-changed",
    recipient: sql`(select ${user.email} from ${user} where ${user.id} = ${userId})`,
    data: { what, url: `${appUrl}/settings/security` },
  } as const;
}
