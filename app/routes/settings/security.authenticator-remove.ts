import { href } from "react-router";
import { askForAuthenticatorRemoval, deleteAuthenticator } from "#app/auth/factors/operations.server.ts";
import { RemoveAuthenticatorPage } from "#app/auth/factors/remove-authenticator-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_authenticator_remove()) }];

export const loader = page(askForAuthenticatorRemoval);

export const action = form(deleteAuthenticator, {
  leads: () => href("/settings/security"),
  says: "security_authenticator_removed",
});

export const clientAction = announce(() => m.security_authenticator_removed());

export default RemoveAuthenticatorPage;
