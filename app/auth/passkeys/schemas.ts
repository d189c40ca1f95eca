import { z } from "zod";
import { nameField } from "#app/fields/name.ts";
import { RedirectTo } from "#app/fields/redirect-to.ts";
import { unlessEmpty } from "#app/fields/unless-empty.ts";
import { m } from "#app/i18n/messages.ts";
import { PASSKEY_NAME_MAXIMUM } from "../limits.ts";

const Encoded = z
  .string()
  .max(8_000)
  .regex(/^[\w-]+$/);

/** A credential from `navigator.credentials` as JSON (WebAuthn, 5.1). A form field sends it as text, which is parsed first. */
function inField<S extends z.ZodType>(schema: S) {
  return z
    .string({ error: () => m.account_passkey_not_accepted() })
    .max(40_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: m.account_passkey_not_accepted() });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

const common = {
  id: Encoded,
  rawId: Encoded,
  type: z.literal("public-key"),
  clientExtensionResults: z.object({}),
};

const Assertion = z.object({
  ...common,
  response: z.object({ clientDataJSON: Encoded, authenticatorData: Encoded, signature: Encoded }),
});

const transports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

const Attestation = z.object({
  ...common,
  response: z.object({
    clientDataJSON: Encoded,
    attestationObject: Encoded,
    transports: z.array(z.enum(transports)).max(transports.length).default([]),
  }),
});

export const PasskeyAnswer = z.object({ response: inField(Assertion), redirectTo: RedirectTo });
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

const PasskeyName = nameField({
  maximum: PASSKEY_NAME_MAXIMUM,
  missing: () => m.security_passkey_name_missing(),
  tooLong: () => m.security_passkey_name_too_long({ maximum: PASSKEY_NAME_MAXIMUM }),
});

/** If it is left empty, the passkey is named after the authenticator's maker. */
const NewPasskeyName = unlessEmpty(PasskeyName);

export const AddPasskey = z.object({ name: NewPasskeyName, response: inField(Attestation) });
export type AddPasskey = z.infer<typeof AddPasskey>;

export const OnePasskey = z.object({ passkey: z.uuid() });

export const RenamePasskey = OnePasskey.extend({ name: PasskeyName });
export type RenamePasskey = z.infer<typeof RenamePasskey>;
