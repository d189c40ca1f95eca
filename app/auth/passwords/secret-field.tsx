import { type ComponentProps, type MouseEvent, useLayoutEffect, useRef, useState } from "react";
import { useActionData } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Field } from "#app/ui/field.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { useIsHydrated } from "#app/ui/use-is-hydrated.ts";
import type { FieldProps } from "../account-form.tsx";

type SecretFieldProps = FieldProps & { inputProps: ComponentProps<"input"> };

/** A password field. A button shows the text until the form is sent. Every response empties the field, but not a lost one. */
export function SecretField({ field, label = m.account_password_label(), inputProps, ...frame }: SecretFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const answer = useActionData<FormAnswer>();
  const [isShown, show] = useShown(input);
  useEmptied(input, answer);
  return (
    <Field
      {...frame}
      {...field.frame}
      label={label}
      inputProps={{
        ...field.control,
        ...inputProps,
        ...(isRefusedAsAWhole(answer) && { autoFocus: true }),
        type: isShown ? "text" : "password",
        ref: input,
        required: true,
        autoCapitalize: "none",
        spellCheck: false,
        className: "pe-9",
      }}
      end={<ShowButton isShown={isShown} of={field.frame.id} onClick={() => show(!isShown)} />}
    />
  );
}

type ShowButtonProps = { isShown: boolean; of: string; onClick: () => void };

function ShowButton({ isShown, of, onClick }: ShowButtonProps) {
  if (!useIsHydrated()) return null;
  return (
    <button
      type="button"
      aria-pressed={isShown}
      aria-controls={of}
      aria-label={m.account_password_show()}
      aria-describedby={`${of}-label`}
      // Keep the focus in the field while the person is typing.
      onMouseDown={(event: MouseEvent) => event.preventDefault()}
      onClick={onClick}
      className="absolute inset-y-0 end-0 rounded-md px-2.5 text-muted hover:text-text"
    >
      <Icon name={isShown ? "eye-off" : "eye"} />
    </button>
  );
}

type Input = { current: HTMLInputElement | null };

function useShown(input: Input) {
  const [isShown, setIsShown] = useState(false);
  const caret = useRef<[number | null, number | null]>(null);
  useLayoutEffect(() => {
    if (caret.current !== null && input.current !== null && input.current === document.activeElement) {
      // Chromium moves the caret to the beginning when it redraws a field whose type changed, so let it redraw the field first.
      input.current.getBoundingClientRect();
      input.current.setSelectionRange(...caret.current);
    }
    const form = isShown ? input.current?.form : null;
    const hide = () => setIsShown(false);
    form?.addEventListener("submit", hide);
    return () => form?.removeEventListener("submit", hide);
  }, [isShown, input]);
  const show = (isNow: boolean) => {
    caret.current = [input.current?.selectionStart ?? null, input.current?.selectionEnd ?? null];
    setIsShown(isNow);
  };
  return [isShown, show] as const;
}

function useEmptied(input: Input, answer: FormAnswer | undefined) {
  const seen = useRef(answer);
  // Before the next password can be typed.
  useLayoutEffect(() => {
    const field = input.current;
    if (seen.current !== answer && answer !== undefined && field !== null) {
      field.value = "";
      // Clears the hints that were shown for the typed password.
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const first = field.form?.querySelector("input[type=password]");
      if (isRefusedAsAWhole(answer) && first === field) field.focus();
    }
    seen.current = answer;
  }, [input, answer]);
}

/** Whether the errors name no field, so that the person types the password next. */
function isRefusedAsAWhole(answer: FormAnswer | undefined): boolean {
  const named = Object.keys(answer?.error ?? {});
  return named.length > 0 && named.every((name) => name === "");
}
