import { type FormEvent, useState } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import type { FieldProps } from "../account-form.tsx";
import { PASSWORD_MAXIMUM, PASSWORD_MINIMUM } from "../limits.ts";
import { holdsKnown } from "./known-words.ts";
import { SecretField } from "./secret-field.tsx";

/** From this length on, a password is called strong. */
const STRONG = 18;

/** A password with fewer different characters is called weak: it repeats a few of them. */
const FEWEST_DIFFERENT = 6;

export function NewPasswordField({ field, label }: Pick<FieldProps, "field" | "label">) {
  const [typed, setTyped] = useState<Typed>({ length: 0, words: "", isKnown: false });
  const inputProps = {
    minLength: PASSWORD_MINIMUM,
    maxLength: PASSWORD_MAXIMUM,
    autoComplete: "new-password",
    onInput: (event: FormEvent<HTMLInputElement>) => setTyped(lookAt(event.currentTarget)),
  };
  return (
    <SecretField
      field={field}
      {...(label !== undefined && { label })}
      hint={typed.isKnown ? m.account_password_known() : m.account_password_hint({ minimum: PASSWORD_MINIMUM })}
      aside={<Strength length={typed.length} words={typed.words} />}
      inputProps={inputProps}
    />
  );
}

type Typed = { length: number; words: string; isKnown: boolean };

/** The count changes with each key, so screen readers announce only the words. */
function Strength({ length, words }: Omit<Typed, "isKnown">) {
  return (
    <span className="flex gap-2 text-muted">
      <span aria-live="polite">{words}</span>
      {length > 0 && (
        <bdi className="tabular-nums">
          {formatNumber(length)}/{formatNumber(length < PASSWORD_MINIMUM ? PASSWORD_MINIMUM : PASSWORD_MAXIMUM)}
        </bdi>
      )}
    </span>
  );
}

/** Applies the server's rules, except for its list of common passwords. */
function lookAt({ value, form }: HTMLInputElement): Typed {
  const typed = (name: string) => String((form && new FormData(form).get(name)) ?? "");
  const known = { email: typed("email") || typed("username"), name: typed("name") };
  const isKnown = value.length >= PASSWORD_MINIMUM && holdsKnown(value, known);
  return { length: value.length, words: isKnown ? m.account_password_weak() : wordsFor(value), isKnown };
}

function wordsFor(value: string): string {
  if (value === "" || value.length > PASSWORD_MAXIMUM) return "";
  if (value.length < PASSWORD_MINIMUM) return m.account_password_short();
  if (new Set(value).size < FEWEST_DIFFERENT) return m.account_password_weak();
  return value.length < STRONG ? m.account_password_fair() : m.account_password_strong();
}
