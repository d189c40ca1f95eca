import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { deleteMessages, mailboxFound, mailboxHtml } from "./mailbox.server.ts";
import { everyMail, hereInDevelopment, mailHtml } from "./mails.server.ts";
import { ClearMailbox, Mailbox, Mails, OneMail, OneMessage } from "./schemas.ts";

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

export const showMails = read({
  validate: Mails,
  authenticate: "none",
  authorize: "public",
  execute: hereInDevelopment,
  answer: (_, grant, asked) => everyMail(grant, asked),
});

export const showMail = read({
  validate: OneMail,
  authenticate: "none",
  authorize: "public",
  execute: hereInDevelopment,
  answer: (_, grant, asked) => mailHtml(grant, asked),
});
