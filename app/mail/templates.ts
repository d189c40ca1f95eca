import { z } from "zod";
import { deviceName } from "#app/i18n/device-name.ts";
import { formatDateTimeInZone } from "#app/i18n/format.ts";
import { formatWait } from "#app/i18n/format-wait.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { roles } from "#app/tenancy/roles.ts";
import { readableAddress } from "#app/text/address.ts";
import { type MailBlock, type MailContent, unlink } from "./content.ts";

const Role = z.enum(roles);

// A mail that a stranger can have sent to any address, such as that of a sign-up, contains no name: it would be the sender's own
// text. Mails about an organization do, unlinked: people who are signed in cause them, no more often than the limits allow.
const securityWords = {
  "password-changed": () => m.mail_security_password_changed(),
  "authenticator-added": () => m.mail_security_authenticator_added(),
  "authenticator-removed": () => m.mail_security_authenticator_removed(),
  "backup-codes-renewed": () => m.mail_security_backup_codes_renewed(),
  "passkey-added": () => m.mail_security_passkey_added(),
  "passkey-removed": () => m.mail_security_passkey_removed(),
  "account-linked": () => m.mail_security_account_linked(),
  "account-unlinked": () => m.mail_security_account_unlinked(),
};

export type SecurityChange = keyof typeof securityWords;

/** A person's own words, one block per line. */
function quoted(words: string): MailBlock[] {
  const lines = words.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line, at) => ({ kind: "quote", text: unlink(line), at }));
}

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
  "sign-in-code": template(z.object({ code: z.string(), minutes: z.number() }), ({ code, minutes }) => ({
    subject: m.mail_code_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_code_text()),
      facts([[m.mail_fact_code(), code]]),
      text(m.mail_code_expiry({ time: formatWait(minutes * 60) })),
      text(m.mail_code_ignore()),
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
    z.object({
      ...{ organization: z.string(), inviter: z.string(), role: Role, days: z.number(), url: z.url() },
      /** Missing in mails from before there were messages. */
      message: z.string().nullish(),
    }),
    ({ organization, inviter, role, days, url, message }) => ({
      subject: m.mail_invitation_subject({ organization: unlink(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_invitation_text()),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_inviter(), unlink(inviter)],
          [m.mail_fact_role(), roleName(role)],
        ]),
        ...(message ? [text(m.mail_invitation_message({ name: unlink(inviter) })), ...quoted(message)] : []),
        { kind: "action", label: m.mail_invitation_action(), url },
        text(m.mail_invitation_expiry({ days })),
        text(m.mail_invitation_ignore()),
      ],
    }),
  ),
  "role-changed": template(
    z.object({ organization: z.string(), role: Role, url: z.url() }),
    ({ organization, role, url }) => ({
      subject: m.mail_role_subject({ organization: unlink(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_role_text()),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_role(), roleName(role)],
        ]),
        { kind: "action", label: m.mail_open_organization(), url },
      ],
    }),
  ),
  "member-removed": template(z.object({ organization: z.string() }), ({ organization }) => ({
    subject: m.mail_removed_subject({ organization: unlink(organization) }),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_removed_text({ organization: unlink(organization) })),
      text(m.mail_removed_hint()),
    ],
  })),
  "sessions-ended": template(z.object({ organization: z.string(), url: z.url() }), ({ organization, url }) => ({
    subject: m.mail_signed_out_subject({ organization: unlink(organization) }),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_signed_out_text({ organization: unlink(organization) })),
      text(m.mail_signed_out_hint()),
      { kind: "action", label: m.mail_attempt_sign_in(), url },
    ],
  })),
  "ownership-transferred": template(z.object({ organization: z.string(), url: z.url() }), ({ organization, url }) => ({
    subject: m.mail_handed_subject({ organization: unlink(organization) }),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_handed_text({ organization: unlink(organization) })),
      { kind: "action", label: m.mail_open_organization(), url },
    ],
  })),
  "webhook-disabled": template(
    z.object({ organization: z.string(), webhook: z.string(), days: z.number().nullable(), url: z.url() }),
    ({ organization, webhook, days, url }) => ({
      subject: m.mail_webhook_subject({ organization: unlink(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(days === null ? m.mail_webhook_gone() : m.mail_webhook_failing({ days })),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_webhook(), unlink(webhook)],
        ]),
        text(m.mail_webhook_hint()),
        { kind: "action", label: m.mail_webhook_action(), url },
      ],
    }),
  ),
  "key-created": template(
    z.object({
      organization: z.string(),
      key: z.string(),
      by: z.string(),
      /** How many hours the former secret still works; null if there was none. */
      formerHours: z.number().nullable(),
      url: z.url(),
    }),
    ({ organization, key, by, formerHours, url }) => ({
      subject: (formerHours === null ? m.mail_key_created_subject : m.mail_key_renewed_subject)({
        organization: unlink(organization),
      }),
      blocks: [
        text(m.mail_greeting()),
        text(formerHours === null ? m.mail_key_created_text() : m.mail_key_renewed_text({ hours: formerHours })),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_key(), unlink(key)],
          [m.mail_fact_key_by(), unlink(by)],
        ]),
        text(m.mail_key_created_hint()),
        { kind: "action", label: m.mail_key_action(), url },
      ],
    }),
  ),
  "key-expires": template(
    z.object({ organization: z.string(), key: z.string(), at: z.number(), url: z.url() }),
    ({ organization, key, at, url }) => ({
      subject: m.mail_key_expires_subject({ organization: unlink(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_key_expires_text()),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_key(), unlink(key)],
          [m.mail_fact_key_expiry(), formatDateTimeInZone(at)],
        ]),
        text(m.mail_key_expires_hint()),
        { kind: "action", label: m.mail_key_action(), url },
      ],
    }),
  ),
  "key-maker-left": template(
    z.object({ organization: z.string(), keys: z.string(), maker: z.string(), url: z.url() }),
    ({ organization, keys, maker, url }) => ({
      subject: m.mail_key_maker_left_subject({ organization: unlink(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_key_maker_left_text()),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_key_maker(), unlink(maker)],
          [m.mail_fact_keys(), unlink(keys)],
        ]),
        text(m.mail_key_maker_left_hint()),
        { kind: "action", label: m.mail_key_action(), url },
      ],
    }),
  ),
  "webhook-maker-left": template(
    z.object({ organization: z.string(), webhooks: z.string(), maker: z.string(), url: z.url() }),
    ({ organization, webhooks, maker, url }) => ({
      subject: m.mail_webhook_maker_left_subject({ organization: unlink(organization) }),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_webhook_maker_left_text()),
        facts([
          [m.mail_fact_organization(), unlink(organization)],
          [m.mail_fact_webhook_maker(), unlink(maker)],
          [m.mail_fact_webhooks(), unlink(webhooks)],
        ]),
        text(m.mail_webhook_maker_left_hint()),
        { kind: "action", label: m.mail_webhooks_action(), url },
      ],
    }),
  ),
  "security-changed": template(
    z.object({ what: z.enum(Object.keys(securityWords) as [SecurityChange]), url: z.url() }),
    ({ what, url }) => ({
      subject: m.mail_security_subject(),
      blocks: [
        text(m.mail_greeting()),
        text(securityWords[what]()),
        text(m.mail_security_not_you()),
        { kind: "action", label: m.mail_security_action(), url },
      ],
    }),
  ),
  "new-device": template(
    z.object({ userAgent: z.string().nullable(), ipAddress: z.string().nullable(), at: z.number() }),
    ({ userAgent, ipAddress, at }, appUrl) => ({
      subject: m.mail_device_subject(),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_device_text()),
        facts([
          [m.mail_fact_device(), unlink(deviceName(userAgent ?? "").device)],
          [m.mail_fact_address(), ipAddress ?? ""],
          [m.mail_fact_time(), formatDateTimeInZone(at)],
        ]),
        text(m.mail_security_not_you()),
        { kind: "action", label: m.mail_security_action(), url: `${appUrl}/settings/security` },
      ],
    }),
  ),
  "failed-attempts": template(z.object({ url: z.url() }), ({ url }) => ({
    subject: m.mail_failed_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_failed_text()),
      text(m.mail_failed_advice()),
      { kind: "action", label: m.mail_security_action(), url },
    ],
  })),
  "confirm-email": template(z.object({ url: z.url(), minutes: z.number() }), ({ url, minutes }) => ({
    subject: m.mail_confirm_email_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_confirm_email_text()),
      { kind: "action", label: m.mail_verify_action(), url },
      text(m.mail_link_expiry({ minutes })),
      text(m.mail_confirm_email_ignore()),
    ],
  })),
  "email-attempt": template(z.object({ signInUrl: z.url() }), ({ signInUrl }) => ({
    subject: m.mail_attempt_subject(),
    blocks: [
      text(m.mail_greeting()),
      text(m.mail_email_attempt_text()),
      { kind: "action", label: m.mail_attempt_sign_in(), url: signInUrl },
      text(m.mail_attempt_ignore()),
    ],
  })),
  "email-changed": template(
    z.object({ email: z.string(), undoUrl: z.url(), hours: z.number() }),
    ({ email, undoUrl, hours }) => ({
      subject: m.mail_email_changed_subject(),
      blocks: [
        text(m.mail_greeting()),
        text(m.mail_email_changed_text({ email: unlink(readableAddress(email)) })),
        text(m.mail_email_changed_undo({ hours })),
        { kind: "action", label: m.mail_email_changed_action(), url: undoUrl },
      ],
    }),
  ),
};

export type MailTemplate = keyof typeof templates;

export type MailTemplates = { [Template in MailTemplate]: z.infer<(typeof templates)[Template]["data"]> };

export function isMailTemplate(value: string): value is MailTemplate {
  return Object.hasOwn(templates, value);
}

export function composeMail(name: MailTemplate, data: unknown, appUrl: string): MailContent {
  return templates[name].compose(data, appUrl);
}

function template<Data>(data: z.ZodType<Data>, compose: (data: Data, appUrl: string) => MailContent) {
  return { data, compose: (unchecked: unknown, appUrl: string) => compose(data.parse(unchecked), appUrl) };
}

function facts(pairs: [term: string, fact: string][]): MailBlock {
  return { kind: "facts", facts: pairs.map(([term, fact]) => ({ term, fact })) };
}

function text(words: string): MailBlock {
  return { kind: "text", text: words };
}
