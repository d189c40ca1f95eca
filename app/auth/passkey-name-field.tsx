import { type FieldMetadata, getInputProps } from "@conform-to/react";
import { m } from "#app/i18n/messages.ts";
import { Field } from "#app/ui/field.tsx";
import { partsOf } from "./account-form.tsx";
import { PASSKEY_NAME_MAXIMUM } from "./limits.ts";

export function PasskeyNameField({ field }: { field: FieldMetadata<string> }) {
  return (
    <Field
      {...partsOf(field)}
      label={m.security_passkey_name_label()}
      isLabelHidden
      inputProps={{
        ...getInputProps(field, { type: "text" }),
        required: true,
        maxLength: PASSKEY_NAME_MAXIMUM,
        dir: "auto",
        autoComplete: "off",
        placeholder: m.security_passkey_name_label(),
      }}
    />
  );
}
