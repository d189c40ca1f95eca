import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { RotateKeyPage } from "#app/keys/key-form-pages.tsx";
import { askForKeyRotation, rotateKey } from "#app/keys/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/keys.rotate";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.keys_rotate(),
  ({ key }) => key.name,
);

export const loader = page(askForKeyRotation);

export const action = form(rotateKey, { shows: ({ secret, url }) => ({ secret, url }) });

export default RotateKeyPage;
