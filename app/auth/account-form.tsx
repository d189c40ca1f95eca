import type { ComponentProps } from "react";
import { m } from "#app/i18n/messages.ts";
import { Field } from "#app/ui/field.tsx";
import type { FormAnswer, FormField } from "#app/ui/use-form.ts";
import { PERSON_NAME_MAXIMUM } from "./limits.ts";
import { SecretField } from "./passwords/secret-field.tsx";

export type FieldProps = { field: FormField } & Partial<Pick<ComponentProps<typeof Field>, "label" | "aside" | "hint">>;

type EmailFieldProps = FieldProps & { autoComplete?: string };

export function EmailField({
  field,
  label = m.account_email_label(),
  autoComplete = "email",
  ...frame
}: EmailFieldProps) {
  return (
    <Field
      {...frame}
      {...field.frame}
      label={label}
      inputProps={{ ...field.control, type: "email", required: true, autoComplete }}
    />
  );
}

export function NameField({ field }: FieldProps) {
  return (
    <Field
      {...field.frame}
      label={m.account_name_label()}
      inputProps={{
        ...field.control,
        type: "text",
        required: true,
        maxLength: PERSON_NAME_MAXIMUM,
        autoComplete: "name",
      }}
    />
  );
}

/** Password managers skip `type="hidden"` (www.chromium.org/developers/design-documents/create-amazing-password-forms). */
export function UsernameField({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />;
}

export function PasswordField(props: FieldProps) {
  return <SecretField {...props} inputProps={{ autoComplete: "current-password" }} />;
}

export function CodeField({ field, hint = m.account_code_hint() }: FieldProps) {
  return (
    <Field
      {...field.frame}
      hint={hint}
      label={m.account_code_label()}
      inputProps={{
        ...field.control,
        type: "text",
        required: true,
        dir: "ltr",
        autoComplete: "one-time-code",
        autoCapitalize: "none",
        spellCheck: false,
      }}
    />
  );
}

export function searchOf({ redirectTo, email }: { redirectTo: string; email: string }): string {
  const going = new URLSearchParams({ ...(redirectTo !== "/" && { redirectTo }), ...(email !== "" && { email }) });
  return going.size === 0 ? "" : `?${going}`;
}

export type LastResult = FormAnswer | null;
