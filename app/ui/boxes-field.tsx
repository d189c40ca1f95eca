import { type ReactNode, useState } from "react";
import { association } from "./field.tsx";
import type { FormField } from "./use-form.ts";

type BoxesFieldProps = FormField["frame"] & {
  label: string;
  /** What is given stands on the first box: there an error is read and mended. */
  children: (first: ReturnType<typeof association>) => ReactNode;
};

/** Boxes of which one at least must be ticked. What is wrong stands above them, since many fill a screen. */
export function BoxesField({ label, errors, children, ...frame }: BoxesFieldProps) {
  // The answer's own list, so that the next answer is shown again.
  const [mended, setMended] = useState<typeof errors>();
  const standing = errors === mended ? undefined : errors;
  return (
    <fieldset onChange={({ currentTarget }) => setMended(currentTarget.querySelector(":checked") ? errors : undefined)}>
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      <div id={frame.errorId} aria-live="polite" className="text-danger text-sm">
        {standing?.map((error) => (
          <p key={error} className="mb-1.5">
            {error}
          </p>
        ))}
      </div>
      {children(association({ ...frame, errors: standing }))}
    </fieldset>
  );
}
