import "#app/i18n/messages-of/account-more.ts";
import { href } from "react-router";
import { AskCodePage } from "#app/auth/codes/ask-code-page.tsx";
import { askForCode, sendCode } from "#app/auth/codes/operations.server.ts";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { unlessSignedIn } from "#app/request/unless-signed-in.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_code_title()) }];

export const loader = page(askForCode, unlessSignedIn);

export const action = form(sendCode, {
  leads: (_done, { email, redirectTo, again }) =>
    `${href("/login/code/enter")}?${new URLSearchParams({ email, redirectTo, ...(again && { sent: "again" }) })}`,
});

export default AskCodePage;
