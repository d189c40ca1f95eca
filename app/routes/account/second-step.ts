import "#app/i18n/messages-of/account-more.ts";
import { href, redirect, redirectDocument } from "react-router";
import { askForSecondStep, giveSecondStep } from "#app/auth/factors/operations.server.ts";
import { SecondStepPage } from "#app/auth/factors/second-step-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_second_step_title()) }];

export const loader = page(askForSecondStep, ({ isHalf, redirectTo, rememberWords }) => {
  if (!isHalf) throw redirect(`${href("/login")}?${new URLSearchParams({ redirectTo })}`);
  return { redirectTo, rememberWords };
});

export const action = form(giveSecondStep, { leads: (_done, { redirectTo }) => redirectDocument(redirectTo, 303) });

export default SecondStepPage;
