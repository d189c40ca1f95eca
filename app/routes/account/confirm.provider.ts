import { redirectDocument } from "react-router";
import { askForProof, confirmByProvider } from "#app/auth/providers/operations.server.ts";
import { ConfirmByProviderPage } from "#app/auth/providers/provider-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_confirm_title()) }];

export const loader = page(askForProof);

export const action = form(confirmByProvider, {
  leads: (_done, { state }) => redirectDocument(state.redirectTo, 303),
});

export default ConfirmByProviderPage;
