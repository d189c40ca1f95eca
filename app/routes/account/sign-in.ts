import { href, redirect, redirectDocument } from "react-router";
import { askForSignIn, signInByPassword } from "#app/auth/passwords/operations.server.ts";
import { SignInPage } from "#app/auth/passwords/sign-in-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { unlessSignedIn } from "#app/request/unless-signed-in.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.account_sign_in_title()) }];

export const loader = page(askForSignIn, unlessSignedIn);

export const action = form(signInByPassword, {
  shows: (done, { redirectTo }) => {
    if ("signUp" in done) return { unproven: { signUp: done.signUp } };
    if (done.isHalf) throw redirect(`${href("/login/second-step")}?${new URLSearchParams({ redirectTo })}`, 303);
    // Load a document, in the language and look that the person has chosen.
    throw redirectDocument(redirectTo, 303);
  },
});

export default SignInPage;
