import { desc, eq, or, type SQL, sql } from "drizzle-orm";
import { mailboxMessage } from "#app/db/schema/mail.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan, planOf } from "#app/operation/plan.ts";
import type { Mailbox } from "./schemas.ts";

const MESSAGES_SHOWN = 100;
const WHY = "The mailbox only exists in development, where everyone can read every mail.";

export type Message = { id: string; recipient: string; subject: string; createdAt: number };

export type MailboxFound = {
  asked: Mailbox;
  /** The newest messages that match the search. */
  messages: Message[];
  /** How many messages match the search. */
  total: number;
  /** Null if there is none, or if it was deleted. */
  open: (Message & { text: string }) | null;
};

export function mailboxFound({ unsafe, environment }: Scope<"public">, asked: Mailbox): Plan<MailboxFound | null> {
  if (environment !== "development") return planOf(null);
  const { id, recipient, subject, text, createdAt } = mailboxMessage;
  const isFound = isLike(asked.search);
  const db = unsafe(WHY);
  const messages = db
    .select({ id, recipient, subject, createdAt, total: sql<number>`count(*) over ()` })
    .from(mailboxMessage)
    .where(isFound)
    .orderBy(desc(createdAt), desc(id))
    .limit(MESSAGES_SHOWN);
  const open = db
    .select({ id, recipient, subject, createdAt, text })
    .from(mailboxMessage)
    .where(asked.mail === undefined ? isFound : eq(id, asked.mail))
    .orderBy(desc(createdAt), desc(id))
    .limit(1);
  return plan({ messages, open }, ({ messages, open: [open] }) => ({
    asked,
    messages: messages.map(({ total: _total, ...message }) => inMilliseconds(message)),
    total: messages[0]?.total ?? 0,
    open: open === undefined ? null : inMilliseconds(open),
  }));
}

/** The mail's HTML, which is null if the mail was deleted. */
export function mailboxHtml(
  { unsafe, environment }: Scope<"public">,
  { message: id }: { message: string },
): Plan<{ html: string | null } | null> {
  if (environment !== "development") return planOf(null);
  const found = unsafe(WHY).select({ html: mailboxMessage.html }).from(mailboxMessage).where(eq(mailboxMessage.id, id));
  return plan({ found }, ({ found: [mail] }) => mail ?? { html: null });
}

export async function deleteMessages({ unsafe, environment }: Grant<"public">, { search }: { search: string }) {
  if (environment !== "development") return { ok: false, reason: "not-found" } as const;
  await unsafe(WHY).delete(mailboxMessage).where(isLike(search));
  return { ok: true } as const;
}

function isLike(search: string): SQL | undefined {
  if (search === "") return undefined;
  const { recipient, subject } = mailboxMessage;
  // SQLite ignores the case of ASCII letters only.
  return or(...[recipient, subject].map((column) => sql`instr(lower(${column}), lower(${search})) > 0`));
}

function inMilliseconds<T extends { createdAt: Date }>(row: T) {
  return { ...row, createdAt: row.createdAt.getTime() };
}
