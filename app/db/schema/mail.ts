import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant, isOneOf, now } from "./columns.ts";
import { user } from "./people.ts";

export const mail = sqliteTable(
  "mail",
  {
    id: text("id").primaryKey(),
    recipient: text("recipient").notNull(),
    /** The account that it is about, if the recipient's address does not show it. Deleted with the account. */
    userId: text("user_id").references(() => user.id, { onDelete: "cascade" }),
    locale: text("locale").notNull(),
    template: text("template").notNull(),
    /** The template's data. Emptied once the mail is sent, because links in it are secrets. */
    data: text("data", { mode: "json" }).notNull().$type<Record<string, unknown>>(),
    status: text("status", { enum: ["waiting", "sent", "given-up"] })
      .notNull()
      .default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull().default(now),
    lastError: text("last_error"),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
  },
  (table) => [
    index("mail_due").on(table.status, table.nextAttemptAt),
    index("mail_created").on(table.createdAt),
    index("mail_recipient").on(table.recipient, table.createdAt),
    index("mail_user").on(table.userId),
    check("mail_status", isOneOf(table.status)),
  ],
);

/** A kind of mail that a person does not want. Only those in `optionalMails` can be turned off. */
export const mailOptOut = belongingTo(
  sqliteTable(
    "mail_opt_out",
    {
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      template: text("template").notNull(),
    },
    (table) => [primaryKey({ columns: [table.userId, table.template] })],
  ),
  { person: "userId" },
);

export const mailboxMessage = sqliteTable(
  "mailbox_message",
  {
    id: text("id").primaryKey(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    headers: text("headers", { mode: "json" }).notNull().default({}).$type<Record<string, string>>(),
    createdAt: createdAt(),
  },
  (table) => [index("mailbox_message_newest").on(table.createdAt)],
);
