import { m } from "#app/i18n/messages.ts";

/** Why a new password is not taken, wherever one is chosen. */
export const weakPassword = {
  "password-common": { status: 400, field: "password", message: () => m.account_password_common() },
  "password-known": { status: 400, field: "password", message: () => m.account_password_known() },
} as const;
