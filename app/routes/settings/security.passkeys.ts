import { href } from "react-router";
import { AddPasskeyPage } from "#app/auth/passkeys/add-passkey-page.tsx";
import { askForPasskey, keepPasskey } from "#app/auth/passkeys/operations.server.ts";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.security_passkey_add()) }];

export const loader = page(askForPasskey);

export const action = form(keepPasskey, { leads: () => href("/settings/security"), says: "security_passkey_done" });

export const clientAction = announce(() => m.security_passkey_done());

export default AddPasskeyPage;
