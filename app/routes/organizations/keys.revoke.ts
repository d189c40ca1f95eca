import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { RevokeKeyPage } from "#app/keys/key-form-pages.tsx";
import { askForKeyRevocation, revokeKey } from "#app/keys/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/keys.revoke";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.keys_revoke(),
  ({ key }) => key.name,
);

export const loader = page(askForKeyRevocation);

export const action = form(revokeKey, {
  leads: (_done, { organization }) => href("/organizations/:organization/keys", { organization }),
  says: "keys_revoked",
});

export const clientAction = announce(() => m.keys_revoked());

export default RevokeKeyPage;
