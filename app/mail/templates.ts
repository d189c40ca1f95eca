import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { type MailBlock, type MailContent, unlinked } from "./content.ts";

const Role = z.enum(["member", "admin", "owner"]);

// What a stranger can have sent to any address, such as the mail of a sign-up, holds no name: it would be the sender's own text.
// What follows from an organization does, `unlinked`, from people who are signed in, and no more often than the limits allow.
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
  invitation: template(
    z.object({ organization: z.string(), inviter: z.string(), role: Role, days: z.number(), url: z.url() }),
    ({ organization, inviter, role, days, url }) => ({
      subject: m.mail_invitation_subject({ organization: unlinked(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_invitation_text()),
        facts([
          [m.mail_fact_organization(), unlinked(organization)],
          [m.mail_fact_inviter(), unlinked(inviter)],
          [m.mail_fact_role(), roleName(role)],
        ]),
        { kind: "action", label: m.mail_invitation_action(), url },
        text(m.mail_invitation_expiry({ days })),
        text(m.mail_invitation_ignore()),
      ],
    }),
  ),
  "role-changed": template(
    z.object({ organization: z.string(), role: Role, url: z.url() }),
    ({ organization, role, url }) => ({
      subject: m.mail_role_subject({ organization: unlinked(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_role_text()),
        facts([
          [m.mail_fact_organization(), unlinked(organization)],
          [m.mail_fact_role(), roleName(role)],
        ]),
        { kind: "action", label: m.mail_open_organization(), url },
      ],
    }),
  ),
  "member-removed": template(z.object({ organization: z.string() }), ({ organization }) => ({
    subject: m.mail_removed_subject({ organization: unlinked(organization) }),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_removed_text({ organization: unlinked(organization) })),
      text(m.mail_removed_hint()),
    ],
  })),
  "ownership-transferred": template(z.object({ organization: z.string(), url: z.url() }), ({ organization, url }) => ({
    subject: m.mail_handed_subject({ organization: unlinked(organization) }),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_handed_text({ organization: unlinked(organization) })),
      { kind: "action", label: m.mail_open_organization(), url },
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

function facts(pairs: [term: string, fact: string][]): MailBlock {
  return { kind: "facts", facts: pairs.map(([term, fact]) => ({ term, fact })) };
}

function text(words: string): MailBlock {
  return { kind: "text", text: words };
}
