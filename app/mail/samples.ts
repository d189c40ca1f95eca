import type { MailTemplates } from "./templates.ts";

export const sampleUrl = "https://app.test/verify-email?token=a&b=c";
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
/** Sample data for every mail, for tests and for the development page that shows the mails. */
export const mailSamples: MailTemplates = {
  "verify-email": { url: sampleUrl, minutes: 30 },
  "reset-password": { url: sampleUrl, minutes: 30 },
  "sign-in-code": { code: "048215", minutes: 10 },
  "sign-up-attempt": { signInUrl: sampleUrl, resetUrl: "https://app.test/forgot-password" },
  invitation: { organization: "Acme Outdoors", inviter: "Olivia Marsh", role: "admin", days: 7, url: sampleUrl },
  "role-changed": { organization: "Acme Outdoors", role: "owner", url: sampleUrl },
  "member-removed": { organization: "Acme Outdoors" },
  "sessions-ended": { organization: "Acme Outdoors", url: "https://app.test/login" },
  "ownership-transferred": { organization: "Acme Outdoors", url: sampleUrl },
  "webhook-disabled": { organization: "Acme Outdoors", webhook: "hooks.acme.example", days: 5, url: sampleUrl },
  "key-created": {
    organization: "Acme Outdoors",
    key: "Nightly import",
    by: "Olivia Marsh",
    formerHours: 24,
    url: sampleUrl,
  },
  "key-expires": {
    organization: "Acme Outdoors",
    key: "Nightly import",
    at: Date.UTC(2026, 10, 23, 12),
    url: sampleUrl,
  },
  "key-maker-left": {
    organization: "Acme Outdoors",
    keys: "Nightly import, Backup",
    maker: "Olivia Marsh",
    url: sampleUrl,
  },
  "webhook-maker-left": {
    organization: "Acme Outdoors",
    webhooks: "Shipping, hooks.acme.example",
    maker: "Olivia Marsh",
    url: sampleUrl,
  },
  "security-changed": { what: "password-changed", url: sampleUrl },
  "new-device": { userAgent: FIREFOX, ipAddress: "203.0.113.7", at: Date.UTC(2026, 10, 23, 12) },
  "failed-attempts": { url: sampleUrl },
  "confirm-email": { url: sampleUrl, minutes: 30 },
  "email-attempt": { signInUrl: sampleUrl },
  "email-changed": { email: "new@person.test", undoUrl: sampleUrl, hours: 72 },
};
