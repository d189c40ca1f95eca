import { type ComponentProps, useEffect, useRef } from "react";
import { useActionData } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Field } from "#app/ui/field.tsx";
import type { FormAnswer, FormField } from "#app/ui/use-form.ts";
import { PASSWORD_MAXIMUM, PASSWORD_MINIMUM, PERSON_NAME_MAXIMUM } from "./limits.ts";

type FieldProps = { field: FormField } & Partial<Pick<ComponentProps<typeof Field>, "label" | "aside" | "hint">>;

export function EmailField({ field, label = m.account_email_label(), ...frame }: FieldProps) {
  return (
    <Field
      {...frame}
      {...field.frame}
      label={label}
      inputProps={{ ...field.control, type: "email", required: true, autoComplete: "email" }}
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

/**
 * Whose password a form is about, for password managers: text, since they pass over `type="hidden"`
 * (https://www.chromium.org/developers/design-documents/create-amazing-password-forms/).
 */
export function UsernameField({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />;
}

export function PasswordField(props: FieldProps) {
  return <SecretField {...props} autoComplete="current-password" />;
}

export function NewPasswordField(props: FieldProps) {
  return (
    <SecretField
      {...props}
      hint={m.account_password_hint({ minimum: PASSWORD_MINIMUM })}
      minLength={PASSWORD_MINIMUM}
      maxLength={PASSWORD_MAXIMUM}
      autoComplete="new-password"
    />
  );
}

type SecretFieldProps = FieldProps & Pick<ComponentProps<"input">, "autoComplete" | "minLength" | "maxLength">;

function SecretField({ field, label = m.account_password_label(), aside, hint, ...constraints }: SecretFieldProps) {
  const input = useEmptyInput();
  return (
    <Field
      {...field.frame}
      aside={aside}
      hint={hint}
      label={label}
      inputProps={{ ...field.control, type: "password", ...constraints, ref: input, required: true }}
    />
  );
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

function useEmptyInput() {
  const input = useRef<HTMLInputElement>(null);
  const answer = useActionData();
  const seen = useRef(answer);
  useEffect(() => {
    if (seen.current !== answer && input.current) input.current.value = "";
    seen.current = answer;
  }, [answer]);
  return input;
}

export function searchOf({ redirectTo, email }: { redirectTo: string; email: string }): string {
  const going = new URLSearchParams({ ...(redirectTo !== "/" && { redirectTo }), ...(email !== "" && { email }) });
  return going.size === 0 ? "" : `?${going}`;
}

export type LastResult = FormAnswer | null;
