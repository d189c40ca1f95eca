import { z } from "zod";
import { nameOf } from "#app/text/names.ts";

const Search = z.string().transform(nameOf);

export const partsOfMail = ["html", "text"] as const;

/** `mail`: the one that is open; left out, the newest. */
export const Mailbox = z.object({
  search: Search.default(""),
  mail: z.string().optional(),
  part: z.enum(partsOfMail).default("html"),
});
export type Mailbox = z.infer<typeof Mailbox>;

export const OneMessage = z.object({ message: z.string() });

/** What is found is deleted; by an empty search, everything. */
export const ClearMailbox = z.object({ search: Search });
