import "#app/i18n/messages-of/account-more.ts";
import type { ShouldRevalidateFunctionArgs } from "react-router";
import { ConfirmEmailPage } from "#app/account/confirm-email-page.tsx";
import { confirmEmail, openEmailLink } from "#app/account/email-operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_new_email_title()) }];

export const loader = page(openEmailLink);

export const action = form(confirmEmail, { shows: () => ({ done: true as const }) });

/** After a refusal, too: another tab may have confirmed the address. */
export function shouldRevalidate({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return defaultShouldRevalidate || actionStatus === 410;
}

export default ConfirmEmailPage;
