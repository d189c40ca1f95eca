import type { Feature } from "#app/tenancy/feature.ts";

/** What the page to sign in never says, which more people open than any other. */
const notOfSigningIn = Object.fromEntries(
  [
    ...[
      "sign_up_title",
      "sign_up_description",
      "have_account",
      "name_missing",
      "name_too_long",
      "password_hint",
      "password_short",
    ],
    ...["password_weak", "password_fair", "password_strong", "password_known", "check_mail", "verify", "link"],
    ...["forgot_title", "forgot_description", "forgot_action", "forgot_sent", "back_to_sign_in", "reset_title"],
    ...["reset_description", "reset_action", "reset_closed", "code_missing", "code_wrong"],
    ...["code_title", "code_description", "code_send", "code_sent", "code_resent", "mailed_code", "second_step"],
    ...["email_link_closed", "email_restored", "new_email", "undo_email", "to_settings", "wrong_address"],
    ...["provider_return", "provider_cancelled", "provider_failed", "provider_unverified", "provider_other_person"],
    ...["provider_not_linked", "provider_again", "send_again", "sent_again"],
  ].map((key) => [`account_${key}`, "account-more" as const]),
);

export const auth = {
  actions: [
    "session.started",
    "session.ended",
    "password.changed",
    "account.linked",
    "account.unlinked",
    "authenticator.added",
    "authenticator.removed",
    "backup-codes.renewed",
    "passkey.added",
    "passkey.renamed",
    "passkey.removed",
  ],
  messages: { account: "account", ...notOfSigningIn, security: "settings" },
  slugs: ["auth", "login", "logout", "signin", "signup"],
} as const satisfies Feature;
