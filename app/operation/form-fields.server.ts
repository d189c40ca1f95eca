import type { FormFields } from "#app/ui/shown-fields.ts";
import { type OutOfReach, outOfReach, type Plan } from "./plan.ts";

/** A plan for the values that fill a form now. Null if the thing does not exist or is out of reach. */
export function formFields<T>(
  { statements, shape }: Plan<T | OutOfReach | null>,
  fieldsOf: (found: T) => FormFields,
): Plan<FormFields | null> {
  return {
    statements,
    shape(rows) {
      const found = shape(rows);
      return found === null || found === outOfReach ? null : fieldsOf(found as T);
    },
  };
}
