import { type ComponentProps, useLayoutEffect, useRef } from "react";
import { useLocation } from "react-router";
import { fillAnswered, forgetSent, noteSent } from "./answered-fields.ts";
import { Form } from "./form.tsx";

type FilterFormProps = Omit<ComponentProps<typeof Form>, "method" | "ref" | "onSubmit"> & {
  /** The filter of the page that is shown, by the names of its fields. */
  filter: Record<string, string>;
};

/**
 * A form whose choices are in the address. When the address changes, by a link or by going back, the fields are filled in
 * again. The focus stays, and so does what the person changes while a response is pending.
 */
export function FilterForm({ filter, ...rest }: FilterFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { key } = useLocation();
  const values = JSON.stringify(filter);
  const shown = useRef(values);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `filter` is compared by value; a new address forgets what was sent
  useLayoutEffect(() => {
    if (form.current === null) return;
    if (shown.current !== values) fillAnswered(form.current, filter);
    shown.current = values;
    forgetSent(form.current);
  }, [values, key]);
  return <Form ref={form} onSubmit={noteSent} {...rest} />;
}
