import { z } from "zod";
import { nameField } from "#app/fields/name.ts";
import { Once } from "#app/fields/once.server.ts";
import { several } from "#app/fields/several.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { keyPermissions } from "#app/tenancy/permissions.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { KEY_DAYS, KEY_NAME_MAXIMUM } from "./limits.ts";

export const KeyId = z.uuid().brand<"KeyId">();
export type KeyId = z.infer<typeof KeyId>;

export const OneKey = InOrganization.extend({ key: KeyId });

export const KeysInPages = inPages("keys", {});

const missing = () => m.keys_permissions_missing();
const days = () => m.keys_expiry_missing();

export const MakeKey = InOrganization.extend({
  name: nameField({
    maximum: KEY_NAME_MAXIMUM,
    missing: () => m.keys_name_missing(),
    tooLong: () => m.keys_name_too_long({ maximum: KEY_NAME_MAXIMUM }),
  }),
  permissions: several(z.enum(keyPermissions, { error: missing }), { none: missing }).overwrite((chosen) =>
    keyPermissions.filter((each) => chosen.includes(each)),
  ),
  /** A number of days, or null for never. */
  expires: z
    .enum(["never", ...KEY_DAYS.map(String)], { error: days })
    .transform((chosen) => (chosen === "never" ? null : Number(chosen))),
  once: Once,
});
export type MakeKey = z.infer<typeof MakeKey>;

export const RotateKey = OneKey.extend({ once: Once });
