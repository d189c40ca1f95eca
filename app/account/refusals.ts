import { m } from "#app/i18n/messages.ts";

export const deletionRefusals = {
  "other-address": { status: 409, field: "email", message: () => m.profile_delete_other_address() },
  "only-owner": { status: 409, message: () => m.profile_delete_only_owner() },
} as const;

/** For an older page that still offered the language. */
export const lookRefusals = {
  "not-offered": { status: 400, field: "locale", message: () => m.values_choice() },
} as const;

export const emailLinkRefusals = {
  "link-closed": { status: 410, message: () => m.account_email_link_closed() },
} as const;
