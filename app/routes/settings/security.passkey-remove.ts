import { href } from "react-router";
import { askForPasskeyRemoval, deletePasskey } from "#app/auth/passkeys/operations.server.ts";
import { RemovePasskeyPage } from "#app/auth/passkeys/remove-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_passkey_remove()) }];

export const loader = page(askForPasskeyRemoval);

export const action = form(deletePasskey, {
  leads: () => href("/settings/security"),
  says: "security_passkey_removed",
});

export const clientAction = announce(() => m.security_passkey_removed());

export default RemovePasskeyPage;
