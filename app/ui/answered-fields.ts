/** Stands for a select and a textarea too, which also have `name` and `value`. */
type Field = HTMLInputElement;

const TYPED = "input:not([type=hidden],[type=file],[type=checkbox],[type=radio]),textarea,select";

const sent = new WeakMap<Field, string>();

/** Notes the values that a form is sent with, so that its response does not replace what is changed in the meantime. */
export function noteSent({ currentTarget: form }: { currentTarget: HTMLFormElement }) {
  for (const field of fieldsOf(form)) sent.set(field, field.value);
}

/** Fills in the values of a response or an address, except in fields that have changed since they were sent. */
export function fillAnswered(form: HTMLFormElement, values: Partial<Record<string, string>>) {
  for (const field of fieldsOf(form)) if (!isChanged(field)) field.value = values[field.name] ?? field.value;
}

/** Resets a form, except for fields that have changed since they were sent. */
export function emptyAnswered(form: HTMLFormElement) {
  const typed = new Map(
    fieldsOf(form)
      .filter(isChanged)
      .map((field) => [field, field.value]),
  );
  form.reset();
  for (const [field, value] of typed) field.value = value;
}

export function forgetSent(form: HTMLFormElement) {
  for (const field of fieldsOf(form)) sent.delete(field);
}

function isChanged(field: Field): boolean {
  return (sent.get(field) ?? field.value) !== field.value;
}

function fieldsOf(form: HTMLFormElement): Field[] {
  return Array.from(form.querySelectorAll<Field>(TYPED));
}
