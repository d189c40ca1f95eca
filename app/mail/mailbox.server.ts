import type { Database } from "#app/db/client.server.ts";
import { mailboxMessage } from "#app/db/schema/mail.ts";
import type { MailTransport } from "./mail.ts";

export function createMailboxTransport(db: Database): MailTransport {
  return {
    async send({ id, to, ...written }) {
      await db
        .insert(mailboxMessage)
        .values({ id, recipient: to, ...written })
        .onConflictDoNothing();
    },
  };
}
