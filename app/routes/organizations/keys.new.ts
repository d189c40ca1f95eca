import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { NewKeyPage } from "#app/keys/key-form-pages.tsx";
import { askForKey, makeKey } from "#app/keys/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.keys_create());

export const loader = page(askForKey);

export const action = form(makeKey, { shows: ({ secret, url }) => ({ secret, url }) });

export default NewKeyPage;
