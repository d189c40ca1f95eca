import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { KeysPage } from "#app/keys/keys-page.tsx";
import { listKeys } from "#app/keys/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.key_place());

export const loader = page(listKeys);

export default KeysPage;
