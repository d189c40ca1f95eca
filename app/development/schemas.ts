import { z } from "zod";
import { locales } from "#app/i18n/locale.ts";
import { isMailTemplate } from "#app/mail/templates.ts";
import { DEFAULT_LOCALE } from "#app/product.ts";
import { nameOf } from "#app/text/names.ts";

const Search = z.string().transform(nameOf);

const partsOfMail = ["html", "text"] as const;

/** `mail` is the open message; if left out, the newest. */
export const Mailbox = z.object({
  search: Search.default(""),
  mail: z.string().optional(),
  part: z.enum(partsOfMail).default("html"),
});
export type Mailbox = z.infer<typeof Mailbox>;

export const OneMessage = z.object({ message: z.string() });

/** Deletes the messages that match; an empty search deletes all. */
export const ClearMailbox = z.object({ search: Search });

const mailThemes = ["light", "dark"] as const;

const Template = z.string().refine(isMailTemplate);
const Look = z.object({
  language: z.enum(locales).default(DEFAULT_LOCALE),
  theme: z.enum(mailThemes).default("light"),
});

/** `template` is the open mail; if left out, the first. */
export const Mails = Look.extend({ template: Template.optional() });
export type Mails = z.infer<typeof Mails>;

export const OneMail = Look.extend({ template: Template });
export type OneMail = z.infer<typeof OneMail>;
