import "#app/i18n/messages-of/account-more.ts";
import { askForSignUp, signUp } from "#app/auth/sign-ups/operations.server.ts";
import { SignUpPage } from "#app/auth/sign-ups/sign-up-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { unlessSignedIn } from "#app/request/unless-signed-in.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_sign_up_title()) }];

export const loader = page(askForSignUp, unlessSignedIn);

export const action = form(signUp, { shows: ({ signUp, email }) => ({ sent: { signUp, email } }) });

export default SignUpPage;
