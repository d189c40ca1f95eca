import { m } from "#app/i18n/messages.ts";

export const weakPassword = {
  "password-common": { status: 400, field: "password", message: () => m.account_password_common() },
  "password-known": { status: 400, field: "password", message: () => m.account_password_known() },
} as const;
