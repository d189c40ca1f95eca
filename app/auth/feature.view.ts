import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { auth } from "./feature.ts";

export const authView = {
  logged: {
    "session.started": { did: () => m.security_did_sign_in() },
    "session.ended": { did: () => m.security_did_sign_out() },
    "password.changed": { did: () => m.security_did_change_password() },
    "account.linked": { did: ({ name }) => m.security_did_link_account({ name }) },
    "account.unlinked": { did: ({ name }) => m.security_did_unlink_account({ name }) },
    "authenticator.added": { did: () => m.security_did_add_authenticator() },
    "authenticator.removed": { did: () => m.security_did_remove_authenticator() },
    "backup-codes.renewed": { did: () => m.security_did_renew_backup_codes() },
    "passkey.added": { did: ({ name }) => m.security_did_add_passkey({ name }) },
    "passkey.renamed": { did: ({ before, after }) => m.security_did_rename_passkey({ before, after }) },
    "passkey.removed": { did: ({ name }) => m.security_did_remove_passkey({ name }) },
  },
} satisfies FeatureView<typeof auth>;
