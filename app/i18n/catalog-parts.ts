import { features } from "#app/features.ts";

/** A browser loads a language in parts: "everybody" on every page, each other part on the pages that use it. */
export const catalogParts = [
  "everybody",
  "landing",
  "account",
  "account-more",
  "signed-in",
  "settings",
  "browsing",
] as const;
export type CatalogPart = (typeof catalogParts)[number];

const partsByArea: Record<string, CatalogPart> = Object.assign(
  { common: "everybody", errors: "everybody", landing: "landing", developers: "landing", pictures: "settings" },
  { common_picture_hint: "settings" },
  { errors_image: "signed-in" },
  ...[
    ...["asks", "breadcrumb", "collapse_sidebar", "expand_sidebar", "open_navigation", "close_navigation"],
    ...["pagination", "next_page", "previous_page", "page_number", "device", "filter"],
  ].map((key) => ({ [`common_${key}`]: "signed-in" })),
  ...features.map(({ messages }) => messages),
  // Texts that the sign-in page, which most people open, never shows.
  ...[
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
    // Used only by the Worker.
    ...["sign_in_failed", "password_missing", "password_too_short", "password_too_long", "password_common"],
    "passkey_not_accepted",
    ...["email_invalid", "password_wrong"],
  ].map((key) => ({ [`account_${key}`]: "account-more" })),
);

export type SpeaksOf = readonly CatalogPart[];

/** The part of the longest known prefix, such as `common_device` for `common_device_unknown`; null if only the Worker uses it. */
export function partOf(key: string): CatalogPart | null {
  for (let start = key; start !== ""; start = start.slice(0, Math.max(0, start.lastIndexOf("_")))) {
    const part = partsByArea[start];
    if (part !== undefined) return part;
  }
  return null;
}
