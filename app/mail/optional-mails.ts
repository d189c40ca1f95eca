import type { MailTemplate } from "./templates.ts";

/** What a person may do without. All other mails were asked for, or tell of what may be an attack. */
export const optionalMails = [
  "role-changed",
  "ownership-transferred",
  "member-removed",
  "webhook-disabled",
  "key-expires",
] as const satisfies readonly MailTemplate[];

export type OptionalMail = (typeof optionalMails)[number];

export function isOptionalMail(template: string): template is OptionalMail {
  return optionalMails.some((each) => each === template);
}
