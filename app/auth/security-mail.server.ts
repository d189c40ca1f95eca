import { type SQL, sql } from "drizzle-orm";
import { user } from "#app/db/schema/people.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import type { SecurityChange } from "#app/mail/templates.ts";
import type { Grant } from "#app/request/grant.server.ts";

type Concerned = Pick<Grant<"self">, "db" | "locale" | "appUrl" | "newId"> & { userId: string | SQL };

/** Tells the person of a change in how they sign in, in the batch that makes it: if it was not they, they hear of it. */
export function securityMail(grant: Concerned, what: SecurityChange, when: SQL) {
  const { db, userId, locale, appUrl } = grant;
  return mailStatement(db, {
    id: grant.newId(),
    recipient: sql`(select ${user.email} from ${user} where ${user.id} = ${userId})`,
    locale,
    template: "security-changed",
    data: { what, url: `${appUrl}/settings/security` },
    when,
  });
}
