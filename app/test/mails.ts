import { desc, eq } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { mailboxMessage } from "#app/db/schema/mail.ts";

export async function mailsTo(db: Database, email: string) {
  return db
    .select()
    .from(mailboxMessage)
    .where(eq(mailboxMessage.recipient, email))
    .orderBy(desc(mailboxMessage.createdAt));
}

export async function linkIn(db: Database, email: string, path: string): Promise<string> {
  const link = new RegExp(`${path}\\?token=([\\w-]+)`);
  const newest = (await mailsTo(db, email)).find(({ text }) => link.test(text));
  const token = newest?.text.match(link)?.[1];
  if (token === undefined) throw new Error(`No link to ${path} was mailed.`);
  return token;
}
