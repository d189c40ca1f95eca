import { href } from "react-router";
import { askForPasskeyRemoval, deletePasskey } from "#app/auth/passkeys/operations.server.ts";
import { RemovePasskeyPage } from "#app/auth/passkeys/remove-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security.passkey-remove";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(m.security_passkey_remove(), nameApart(loaderData?.name ?? "")) },
];

export const loader = page(askForPasskeyRemoval);

export const action = form(deletePasskey, {
  leads: () => href("/settings/security"),
  says: "security_passkey_removed",
});

export const clientAction = announce(() => m.security_passkey_removed());

export default RemovePasskeyPage;
