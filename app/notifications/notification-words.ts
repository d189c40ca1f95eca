import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import type { Notification } from "./notifications.server.ts";

export function notificationWords({ type, organization, actorName, role, invitation }: Notification): string {
  const name = actorName ?? m.notifications_someone();
  const roleText = role === null ? "" : roleName(role);
  const email = invitation?.email ?? m.notifications_someone();
  switch (type) {
    case "invitation-received":
      return m.notifications_invitation_received({ name, organization: organization.name, role: roleText });
    case "invitation-declined":
      return m.notifications_invitation_declined({ email, organization: organization.name });
    case "invitation-expired":
      return m.notifications_invitation_expired({ email, organization: organization.name });
    case "member-joined":
      return m.notifications_member_joined({ name, organization: organization.name, role: roleText });
    case "member-removed":
      return m.notifications_member_removed({ name, organization: organization.name });
    case "sessions-ended":
      return m.notifications_sessions_ended({ name, organization: organization.name });
    case "role-changed":
      return m.notifications_role_changed({ name, organization: organization.name, role: roleText });
    case "ownership-transferred":
      return m.notifications_ownership_transferred({ name, organization: organization.name });
    case "webhook-disabled":
      return m.notifications_webhook_disabled({ organization: organization.name });
    case "key-created":
      return m.notifications_key_created({ name, organization: organization.name });
    case "key-expires":
      return m.notifications_key_expires({ organization: organization.name });
    case "key-maker-left":
      return m.notifications_key_maker_left({ name, organization: organization.name });
    case "organization-deleted":
      return m.notifications_organization_deleted({ name, organization: organization.name });
  }
}
