import "#app/i18n/messages-of/account-more.ts";
import { href, redirect, redirectDocument } from "react-router";
import { EnterCodePage } from "#app/auth/codes/enter-code-page.tsx";
import { askForCode, enterCode } from "#app/auth/codes/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { unlessSignedIn } from "#app/request/unless-signed-in.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_check_mail_title()) }];

export const loader = page(askForCode, (asked) => {
  const { email, redirectTo } = unlessSignedIn(asked);
  if (email === "") throw redirect(`${href("/login/code")}?${new URLSearchParams({ redirectTo })}`);
  return asked;
});

export const action = form(enterCode, {
  leads: ({ isHalf }, { redirectTo }) =>
    isHalf
      ? redirect(`${href("/login/second-step")}?${new URLSearchParams({ redirectTo })}`, 303)
      : redirectDocument(redirectTo, 303),
});

export default EnterCodePage;
