/** Or a choice or a longer text, which have the same name and value. */
type Field = HTMLInputElement;

const TYPED = "input:not([type=hidden],[type=file],[type=checkbox],[type=radio]),textarea,select";

const sent = new WeakMap<Field, string>();

/** Notes what a form is sent with: what changes while its answer is on its way is not for the answer to replace. */
export function noteSent({ currentTarget: form }: { currentTarget: HTMLFormElement }) {
  for (const field of fieldsOf(form)) sent.set(field, field.value);
}

/** Fills in what an answer or an address brings, but for fields that have changed since they were sent. */
export function fillAnswered(form: HTMLFormElement, values: Partial<Record<string, string>>) {
  for (const field of fieldsOf(form)) if (!isChanged(field)) field.value = values[field.name] ?? field.value;
}

/** Empties a form, but for fields that have changed since they were sent. */
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
