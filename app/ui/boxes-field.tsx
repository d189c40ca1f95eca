import { type ReactNode, useState } from "react";
import { association } from "./field.tsx";
import type { FormField } from "./use-form.ts";

type BoxesFieldProps = FormField["frame"] & {
  label: string;
  /** `first`: the attributes of the first box, where an error is read out and corrected. */
  children: (first: ReturnType<typeof association>) => ReactNode;
};

/** Boxes of which at least one must be ticked. Errors are shown above them, since many boxes can fill a screen. */
export function BoxesField({ label, errors, children, ...frame }: BoxesFieldProps) {
  // Compared by identity, so that the errors of the next response are shown again.
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
