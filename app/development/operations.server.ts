import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { deleteMessages, mailboxFound, mailboxHtml } from "./mailbox.server.ts";
import { ClearMailbox, Mailbox, OneMessage } from "./schemas.ts";

export const openMailbox = read({
  validate: Mailbox,
  authenticate: "none",
  authorize: "public",
  execute: mailboxFound,
});

export const openMailboxMessage = read({
  validate: OneMessage,
  authenticate: "none",
  authorize: "public",
  execute: mailboxHtml,
});

export const clearMailbox = write({
  validate: ClearMailbox,
  authenticate: "none",
  authorize: "public",
  limit: changeLimit,
  execute: deleteMessages,
  refused: { "not-found": { status: 404, message: () => "There is no mailbox here." } },
});
