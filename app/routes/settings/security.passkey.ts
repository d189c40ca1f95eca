import { href } from "react-router";
import { namePasskey, showPasskey } from "#app/auth/passkeys/operations.server.ts";
import { PasskeyPage } from "#app/auth/passkeys/passkey-page.tsx";
import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security.passkey";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(nameApart(loaderData?.name ?? m.security_passkeys_title())) },
];

export const loader = page(showPasskey);

export const action = form(namePasskey, { leads: () => href("/settings/security"), says: "settings_saved" });

export const clientAction = announce(() => m.settings_saved());

export default PasskeyPage;
