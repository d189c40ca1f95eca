import { AS_SHOWN, type FormFields, markOf } from "./shown-fields.ts";
import type { FormAnswer } from "./use-form.ts";

/** For a form whose values others can change too. If they did since it was filled, the form asks before it overwrites them. */
export function AsShown({ fields, lastResult }: { fields: FormFields; lastResult: FormAnswer | null | undefined }) {
  const value = lastResult?.initialValue?.[AS_SHOWN] ?? markOf(fields);
  return <input type="hidden" name={AS_SHOWN} value={value} />;
}
