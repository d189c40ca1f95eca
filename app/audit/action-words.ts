import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { type AuditAction, isAuditAction } from "./actions.ts";

export type Done = {
  action: string;
  targetName: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

type Details = { name: string; before: string; after: string };

const words: Record<AuditAction, (details: Details) => string> = {
  "organization.created": () => m.audit_did_create_organization(),
  "organization.renamed": ({ before, after }) => m.audit_did_rename_organization({ before, after }),
  "organization.moved": ({ before, after }) => m.audit_did_move_organization({ before, after }),
  "organization.logo-changed": () => m.audit_did_change_logo(),
  "organization.logo-removed": () => m.audit_did_remove_logo(),
  "organization.second-factor-required": () => m.audit_did_require_second_factor(),
  "organization.second-factor-optional": () => m.audit_did_not_require_second_factor(),
  "organization.handed-over": ({ name }) => m.audit_did_hand_over({ name }),
  "organization.deleted": ({ name }) => m.audit_did_delete_organization({ name }),
  "member.joined": ({ after }) => (after === "" ? m.audit_did_join() : m.audit_did_join_as({ role: after })),
  "member.role-changed": ({ name, before, after }) => m.audit_did_change_role({ name, before, after }),
  "member.removed": ({ name }) => m.audit_did_remove_member({ name }),
  "member.sessions-ended": ({ name }) => m.audit_did_end_sessions({ name }),
  "member.left": () => m.audit_did_leave(),
  "invitation.created": ({ name, after }) => m.audit_did_invite({ name, role: after }),
  "invitation.resent": ({ name }) => m.audit_did_resend_invitation({ name }),
  "invitation.role-changed": ({ name, before, after }) => m.audit_did_change_invitation({ name, before, after }),
  "invitation.revoked": ({ name }) => m.audit_did_revoke_invitation({ name }),
  "invitation.declined": () => m.audit_did_decline_invitation(),
  "image.created": ({ name }) => m.audit_did_upload_image({ name }),
  "image.renamed": ({ before, after, name }) => m.audit_did_rename_image({ before: before || name, after }),
  "image.deleted": ({ name }) => m.audit_did_delete_image({ name }),
  "session.started": () => m.audit_did_sign_in(),
  "session.ended": () => m.audit_did_sign_out(),
  "password.changed": () => m.audit_did_change_password(),
  "email.changed": () => m.audit_did_change_email(),
  "email.change-undone": () => m.audit_did_undo_email(),
  "account.linked": ({ name }) => m.audit_did_link_account({ name }),
  "account.unlinked": ({ name }) => m.audit_did_unlink_account({ name }),
  "authenticator.added": () => m.audit_did_add_authenticator(),
  "authenticator.removed": () => m.audit_did_remove_authenticator(),
  "backup-codes.renewed": () => m.audit_did_renew_backup_codes(),
  "passkey.added": ({ name }) => m.audit_did_add_passkey({ name }),
  "passkey.renamed": ({ before, after }) => m.audit_did_rename_passkey({ before, after }),
  "passkey.removed": ({ name }) => m.audit_did_remove_passkey({ name }),
};

/** What was done, to stand under the name of who did it. What was erased is told as such. */
export function actionWords({ action, targetName, before, after }: Done): string {
  if (!isAuditAction(action)) return m.audit_did_something();
  return words[action]({
    name: targetName ?? m.audit_erased(),
    before: changedValue(before),
    after: changedValue(after),
  });
}

/** Every change is of one thing: a role, a name or a slug. */
function changedValue(details: Record<string, unknown> | null): string {
  const { role, name, slug } = details ?? {};
  if (role === "member" || role === "admin" || role === "owner") return roleName(role);
  const value = name ?? slug;
  return typeof value === "string" ? value : "";
}
