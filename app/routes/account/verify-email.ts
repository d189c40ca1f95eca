import "#app/i18n/messages-of/account-more.ts";
import { href, redirectDocument, type ShouldRevalidateFunctionArgs } from "react-router";
import { openVerificationLink, verifyAddress } from "#app/auth/sign-ups/operations.server.ts";
import { VerifyEmailPage, verificationTexts } from "#app/auth/sign-ups/verify-email-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/verify-email";

export const handle: SpeaksOf = ["account-more"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(loaderData ? verificationTexts(loaderData.link).title : m.account_verify_title()) },
];

export const loader = page(openVerificationLink);

export const action = form(verifyAddress, { leads: ({ redirectTo }) => redirectDocument(redirectTo, 303) });

/**
 * After a refusal, too: the link was used in another tab, or has expired. Requesting a new link ends this one. Then the page is not
 * loaded again, so it keeps saying that the new link is on its way.
 */
export function shouldRevalidate({ actionStatus, formAction, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return formAction !== href("/verify-email/resend") && (defaultShouldRevalidate || actionStatus === 410);
}

export default VerifyEmailPage;
