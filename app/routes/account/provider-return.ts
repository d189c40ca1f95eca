import "#app/i18n/messages-of/account-more.ts";
import { redirectDocument } from "react-router";
import { showReturn, signInByProvider } from "#app/auth/providers/operations.server.ts";
import { ProviderReturnPage } from "#app/auth/providers/provider-return-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const handle: SpeaksOf = ["account-more"];

export const meta = () => [{ title: title(m.account_provider_return_title()) }];

export const loader = page(showReturn);

export const action = form(signInByProvider, {
  leads: (_done, { state }) => redirectDocument(state.redirectTo, 303),
});

export default ProviderReturnPage;
