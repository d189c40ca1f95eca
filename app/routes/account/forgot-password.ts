import "#app/i18n/messages-of/account-more.ts";
import { ForgotPasswordPage } from "#app/auth/passwords/forgot-password-page.tsx";
import { askForReset, requestReset } from "#app/auth/passwords/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_forgot_title()) }];

export const loader = page(askForReset);

export const action = form(requestReset, {
  shows: (_done, { email, again }) => ({ sentTo: email, isAgain: again === "yes" }),
});

export default ForgotPasswordPage;
