import { m } from "#app/i18n/messages.ts";
import type { AuditAction } from "./actions.ts";

/** What can be done in an organization, as a filter calls it. What concerns a person alone is in no organization's log. */
export const actionNames = {
  "organization.created": () => m.audit_action_organization_created(),
  "organization.renamed": () => m.audit_action_organization_renamed(),
  "organization.moved": () => m.audit_action_organization_moved(),
  "organization.logo-changed": () => m.audit_action_logo_changed(),
  "organization.logo-removed": () => m.audit_action_logo_removed(),
  "organization.handed-over": () => m.audit_action_handed_over(),
  "organization.second-factor-required": () => m.audit_action_second_factor_required(),
  "organization.second-factor-optional": () => m.audit_action_second_factor_optional(),
  "member.joined": () => m.audit_action_member_joined(),
  "member.role-changed": () => m.audit_action_role_changed(),
  "member.removed": () => m.audit_action_member_removed(),
  "member.sessions-ended": () => m.audit_action_sessions_ended(),
  "member.left": () => m.audit_action_member_left(),
  "invitation.created": () => m.audit_action_invitation_created(),
  "invitation.resent": () => m.audit_action_invitation_resent(),
  "invitation.role-changed": () => m.audit_action_invitation_changed(),
  "invitation.revoked": () => m.audit_action_invitation_revoked(),
  "invitation.declined": () => m.audit_action_invitation_declined(),
  "image.created": () => m.audit_action_image_created(),
  "image.renamed": () => m.audit_action_image_renamed(),
  "image.deleted": () => m.audit_action_image_deleted(),
} satisfies Partial<Record<AuditAction, () => string>>;
