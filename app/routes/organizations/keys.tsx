import { m } from "#app/i18n/messages.ts";
import { KeysPage } from "#app/keys/keys-page.tsx";
import { listKeys } from "#app/keys/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.key_place()) }];

export const loader = page(listKeys);

export default KeysPage;
