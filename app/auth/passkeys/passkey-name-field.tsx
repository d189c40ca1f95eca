import { m } from "#app/i18n/messages.ts";
import { Field } from "#app/ui/field.tsx";
import type { FormField } from "#app/ui/use-form.ts";
import { PASSKEY_NAME_MAXIMUM } from "../limits.ts";

export function PasskeyNameField({ field, isNew = false }: { field: FormField; isNew?: boolean }) {
  return (
    <Field
      {...field.frame}
      label={m.security_passkey_name_label()}
      isLabelHidden
      hint={isNew ? m.security_passkey_name_hint() : undefined}
      inputProps={{
        ...field.control,
        type: "text",
        required: !isNew,
        maxLength: PASSKEY_NAME_MAXIMUM,
        dir: "auto",
        autoComplete: "off",
        placeholder: m.security_passkey_name_label(),
      }}
    />
  );
}
