import "#app/i18n/messages-of/account-more.ts";
import { askForVerificationLink, resendVerificationLink } from "#app/auth/sign-ups/operations.server.ts";
import { ResendPage } from "#app/auth/sign-ups/resend-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_check_mail_title()) }];

export const loader = page(askForVerificationLink);

export const action = form(resendVerificationLink, { shows: ({ signUp }) => ({ signUp }) });

export default ResendPage;
