import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import type { MailBlock, MailContent } from "./content.ts";

// No template takes a person's name: whoever signs up with somebody else's address would write into that mail.
const templates = {
  "verify-email": template(z.object({ url: z.url(), minutes: z.number() }), ({ url, minutes }) => ({
    subject: m.mail_verify_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_verify_text()),
      { kind: "action", label: m.mail_verify_action(), url },
      text(m.mail_link_expiry({ minutes })),
      text(m.mail_verify_ignore()),
    ],
  })),
  "reset-password": template(z.object({ url: z.url(), minutes: z.number() }), ({ url, minutes }) => ({
    subject: m.mail_reset_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_reset_text()),
      { kind: "action", label: m.mail_reset_action(), url },
      text(m.mail_link_expiry({ minutes })),
      text(m.mail_reset_ignore()),
    ],
  })),
  "sign-up-attempt": template(z.object({ signInUrl: z.url(), resetUrl: z.url() }), ({ signInUrl, resetUrl }) => ({
    subject: m.mail_attempt_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_attempt_text()),
      { kind: "action", label: m.mail_attempt_sign_in(), url: signInUrl },
      { kind: "link", label: m.mail_attempt_reset(), url: resetUrl },
      text(m.mail_attempt_ignore()),
    ],
  })),
};

export type MailTemplate = keyof typeof templates;

/** What each template needs. */
export type MailTemplates = { [Template in MailTemplate]: z.infer<(typeof templates)[Template]["data"]> };

export function isMailTemplate(value: string): value is MailTemplate {
  return Object.hasOwn(templates, value);
}

/** In the language of the call. Rejects data that the template cannot use. */
export function composeMail(name: MailTemplate, data: unknown): MailContent {
  return templates[name].compose(data);
}

function template<Data>(data: z.ZodType<Data>, compose: (data: Data) => MailContent) {
  return { data, compose: (unchecked: unknown) => compose(data.parse(unchecked)) };
}

function text(words: string): MailBlock {
  return { kind: "text", text: words };
}
