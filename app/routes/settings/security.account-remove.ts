import { href } from "react-router";
import { askForProviderUnlinking, unlinkProvider } from "#app/auth/providers/operations.server.ts";
import { UnlinkPage } from "#app/auth/providers/unlink-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security.account-remove";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(m.security_account_unlink(), loaderData?.provider ?? "") },
];

export const loader = page(askForProviderUnlinking);

export const action = form(unlinkProvider, {
  leads: () => href("/settings/security"),
  says: "security_account_unlinked",
});

export const clientAction = announce(() => m.security_account_unlinked());

export default UnlinkPage;
