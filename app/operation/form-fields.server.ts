import type { FormFields } from "#app/ui/shown-fields.ts";
import { type OutOfReach, outOfReach, type Plan } from "./plan.ts";

/** What a form is filled with now; null: there is no such thing, or it is out of reach. */
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
