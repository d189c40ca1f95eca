import type { MailTemplate } from "./templates.ts";

/** Mails that a person can turn off. All others were requested, or report what may be an attack. */
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
