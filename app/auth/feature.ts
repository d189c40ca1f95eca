import type { Feature } from "#app/tenancy/feature.ts";

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
  messages: { account: "account", security: "settings", security_step: "signed-in" },
  slugs: ["auth", "login", "logout", "signin", "signup"],
} as const satisfies Feature;
