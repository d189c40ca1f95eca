import { z } from "zod";
import { read } from "#app/operation/operation.server.ts";
import { mailboxHtml, mailboxMessages } from "./mailbox.server.ts";

export const openMailbox = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: mailboxMessages,
});

export const openMailboxMessage = read({
  validate: z.object({ message: z.string() }),
  authenticate: "none",
  authorize: "public",
  execute: mailboxHtml,
});
