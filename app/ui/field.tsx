import { type ComponentProps, type ReactNode, useState } from "react";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { classes } from "./classes.ts";

type Frame = {
  id: string;
  errorId: string;
  label: string;
  isLabelHidden?: boolean;
  hint?: ReactNode;
  errors?: readonly string[] | undefined;
  refused?: string | undefined;
  ownError?: string | null;
  isRight?: (typed: string) => boolean;
  aside?: ReactNode;
};

type FieldProps = Frame & {
  inputProps: ComponentProps<"input">;
  /** A square button, shown inside the field at its end. */
  end?: ReactNode;
};

/** `maxLength` is reported while typing and enforced by the server: as an attribute it would cut off pasted text. */
export function Field({ inputProps: { className, maxLength, onInput, ...rest }, end, ...given }: FieldProps) {
  const [frame, look] = useLength(given, maxLength);
  const input = (
    <input
      {...rest}
      {...association(frame)}
      onInput={(event) => {
        onInput?.(event);
        look(event.currentTarget);
      }}
      className={classes("control px-3", className)}
    />
  );
  return (
    <FieldFrame {...frame}>
      {end === undefined ? (
        input
      ) : (
        <div className="relative">
          {input}
          {end}
        </div>
      )}
    </FieldFrame>
  );
}

type FileFieldProps = FieldProps & {
  /** Covers the text of the browser's file field, which is in the browser's own language. */
  words: ReactNode;
};

export function FileField({ inputProps: { className, onInput, ...rest }, words, ...given }: FileFieldProps) {
  const [frame, look] = useErrors(given);
  return (
    <FieldFrame {...frame}>
      <div className="relative">
        <input
          {...rest}
          {...association(frame)}
          type="file"
          onInput={(event) => {
            onInput?.(event);
            look(event.currentTarget);
          }}
          className={classes(
            "control px-3 py-1 transition-none file:me-3 file:rounded-sm file:bg-hover file:px-2.5 file:py-1 file:font-medium file:text-sm",
            Boolean(words) && "cursor-pointer text-transparent file:opacity-0",
            className,
          )}
        />
        {words}
      </div>
    </FieldFrame>
  );
}

type TextAreaFieldProps = Frame & { areaProps: ComponentProps<"textarea"> };

export function TextAreaField({ areaProps: { className, maxLength, ...rest }, ...given }: TextAreaFieldProps) {
  const [frame, look] = useLength(given, maxLength);
  return (
    <FieldFrame {...frame}>
      <textarea
        rows={5}
        dir="auto"
        {...rest}
        {...association(frame)}
        onInput={(event) => look(event.currentTarget)}
        className={classes("control h-auto px-3 py-2", className)}
      />
    </FieldFrame>
  );
}

function useLength(given: Frame, maximum: number | undefined) {
  const [length, setLength] = useState(0);
  const isTooLong = maximum !== undefined && length > maximum;
  const [frame, look] = useErrors(isTooLong ? { ...given, ownError: tooLong(length, maximum) } : given);
  const measure = (control: HTMLInputElement | HTMLTextAreaElement) => {
    setLength([...control.value].length);
    look(control);
  };
  return [frame, measure] as const;
}

function tooLong(length: number, maximum: number): string {
  return m.common_too_long({ count: formatNumber(length), maximum: formatNumber(maximum) });
}

type TickFieldProps = { id: string; label: string; inputProps: ComponentProps<"input"> };

/** @public A checkbox that sends `yes` when it is ticked. For resources of your own. */
export function TickField({ id, label, inputProps }: TickFieldProps) {
  return (
    <div className="flex items-center gap-2.5 text-sm">
      <input {...inputProps} id={id} type="checkbox" value="yes" className="size-4.5 accent-accent" />
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
    </div>
  );
}

type Option = { value: string; label: string };

type SelectFieldProps = Frame & {
  selectProps: ComponentProps<"select">;
  options: readonly (Option | { label: string; options: readonly Option[] })[];
};

export function SelectField({ selectProps: { className, ...rest }, options, ...given }: SelectFieldProps) {
  const [frame, look] = useErrors(given);
  return (
    <FieldFrame {...frame}>
      <select
        {...rest}
        {...association(frame)}
        onInput={(event) => look(event.currentTarget)}
        className={classes("control select", className)}
      >
        {options.map((each) =>
          "value" in each ? (
            <SelectOption key={each.value} {...each} />
          ) : (
            <optgroup key={each.label} label={each.label}>
              {each.options.map((option) => (
                <SelectOption key={option.value} {...option} />
              ))}
            </optgroup>
          ),
        )}
      </select>
    </FieldFrame>
  );
}

function SelectOption({ value, label }: Option) {
  return <option value={value}>{label}</option>;
}

function useErrors({ errors, refused, ownError, isRight, ...frame }: Frame) {
  // Compared by identity, so that the errors of the next response are shown again.
  const [mended, setMended] = useState<Frame["errors"]>();
  const look = ({ value, validity }: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement) => {
    const isMended = value !== refused && validity.valid && (isRight?.(value) ?? true);
    setMended(isMended ? errors : undefined);
  };
  const standing = errors === mended ? undefined : errors;
  return [{ ...frame, errors: ownError ? [ownError] : standing }, look] as const;
}

export function association({ id, errorId, hint, errors }: Pick<Frame, "id" | "errorId" | "hint" | "errors">) {
  const isInvalid = (errors?.length ?? 0) > 0;
  const describedBy = isInvalid ? errorId : hint !== undefined && `${id}-hint`;
  return {
    id,
    "aria-invalid": isInvalid || undefined,
    "aria-describedby": describedBy || undefined,
    // With scripts, `autoFocus` is read once, when the field mounts. Without them, the browser focuses the first invalid field.
    ...(isInvalid && { autoFocus: true }),
  };
}

type FieldFrameProps = Frame & { children: ReactNode };

function FieldFrame({ id, errorId, label, isLabelHidden = false, hint, errors, aside, children }: FieldFrameProps) {
  return (
    <div>
      <div
        className={classes(
          "mb-1.5 flex items-baseline justify-between gap-4 text-sm [&_a]:text-accent [&_a]:hover:underline",
          isLabelHidden && "sr-only",
        )}
      >
        <label id={`${id}-label`} htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children}
      {/* Rendered even while empty: a live region that is added together with its text is not read out. */}
      <div id={errorId} aria-live="polite" className="text-danger text-sm">
        {errors?.map((error) => (
          <p key={error} className="mt-1.5">
            {error}
          </p>
        ))}
      </div>
      {/* An error replaces the hint: it says what to do, often the same thing. */}
      {hint !== undefined && !errors?.length && (
        <p id={`${id}-hint`} className="mt-1.5 text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
