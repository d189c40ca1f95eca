import "#app/i18n/messages-of/account-more.ts";
import { href, redirectDocument } from "react-router";
import { openResetLink, setForgottenPassword } from "#app/auth/passwords/operations.server.ts";
import { ResetPasswordPage } from "#app/auth/passwords/reset-password-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/reset-password";

export const handle: SpeaksOf = ["account-more"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(loaderData?.email === null ? m.account_link_unknown_title() : m.account_reset_title()) },
];

export const loader = page(openResetLink);

export const action = form(setForgottenPassword, {
  leads: () => redirectDocument(href("/login"), 303),
  says: "account_reset_done",
});

export default ResetPasswordPage;
