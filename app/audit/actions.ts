/** Everything that is written down, by what it is done to. */
export const auditActions = [
  "organization.created",
  "organization.renamed",
  "organization.moved",
  "organization.logo-changed",
  "organization.logo-removed",
  "organization.handed-over",
  "organization.second-factor-required",
  "organization.second-factor-optional",
  "organization.deleted",
  "member.joined",
  "member.role-changed",
  "member.removed",
  "member.sessions-ended",
  "member.left",
  "invitation.created",
  "invitation.resent",
  "invitation.role-changed",
  "invitation.revoked",
  "invitation.declined",
  "image.created",
  "image.renamed",
  "image.deleted",
  "session.started",
  "session.ended",
  "password.changed",
  "email.changed",
  "email.change-undone",
  "account.linked",
  "account.unlinked",
  "authenticator.added",
  "authenticator.removed",
  "backup-codes.renewed",
  "passkey.added",
  "passkey.renamed",
  "passkey.removed",
] as const;

export type AuditAction = (typeof auditActions)[number];

export function isAuditAction(value: unknown): value is AuditAction {
  return auditActions.some((action) => action === value);
}
