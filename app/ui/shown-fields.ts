/** The field with the mark of the values that a form was filled with. */
export const AS_SHOWN = "asShown";

/** Values by field name. Several boxes with one name give a list; a box that is not ticked is left out. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A 64-bit hash, the same in the browser and in the Worker. It is not collision-resistant, so never use it for security. */
export function markOf(fields: FormFields): string {
  let [one, other] = [0x811c9dc5, 5381];
  for (const unit of JSON.stringify(fields)) {
    const code = unit.codePointAt(0) ?? 0;
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other, 33) ^ code;
  }
  return [one, other].map((half) => (half >>> 0).toString(36)).join("-");
}
