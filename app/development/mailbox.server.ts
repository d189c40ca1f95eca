import { desc, eq } from "drizzle-orm";
import { mailboxMessage } from "#app/db/schema/mail.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan, planOf } from "#app/operation/plan.ts";

const MESSAGES_SHOWN = 100;

export type Message = { id: string; recipient: string; subject: string; text: string; createdAt: number };

export function mailboxMessages({ unsafe, environment }: Scope<"public">): Plan<Message[] | null> {
  if (environment !== "development") return planOf(null);
  const { id, recipient, subject, text, createdAt } = mailboxMessage;
  const messages = unsafe("In development alone, where everything is everybody's.")
    .select({ id, recipient, subject, text, createdAt })
    .from(mailboxMessage)
    .orderBy(desc(createdAt), desc(id))
    .limit(MESSAGES_SHOWN);
  return plan({ messages }, (rows) => rows.messages.map((row) => ({ ...row, createdAt: row.createdAt.getTime() })));
}

export function mailboxHtml(
  { unsafe, environment }: Scope<"public">,
  { message: id }: { message: string },
): Plan<string | null> {
  if (environment !== "development") return planOf(null);
  const found = unsafe("In development alone, where everything is everybody's.")
    .select({ html: mailboxMessage.html })
    .from(mailboxMessage)
    .where(eq(mailboxMessage.id, id));
  return plan({ found }, (rows) => rows.found[0]?.html ?? null);
}
