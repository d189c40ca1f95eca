import { m } from "#app/i18n/messages.ts";
import { RotateKeyPage } from "#app/keys/key-form-pages.tsx";
import { askForRotation, rotateKey } from "#app/keys/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.keys_rotate()) }];

export const loader = page(askForRotation);

export const action = form(rotateKey, { shows: ({ secret, url }) => ({ secret, url }) });

export default RotateKeyPage;
