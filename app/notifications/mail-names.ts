import { m } from "#app/i18n/messages.ts";
import type { OptionalMail } from "#app/mail/optional-mails.ts";

const names: Record<OptionalMail, () => string> = {
  "role-changed": () => m.notifications_mail_role_changed(),
  "ownership-transferred": () => m.notifications_mail_ownership_transferred(),
  "member-removed": () => m.notifications_mail_member_removed(),
  "webhook-disabled": () => m.notifications_mail_webhook_disabled(),
  "key-expires": () => m.notifications_mail_key_expires(),
};

export function mailName(mail: OptionalMail): string {
  return names[mail]();
}
