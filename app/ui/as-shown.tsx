import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { nextTrouble } from "./line/trouble.ts";
import { AS_SHOWN, type FormFields, markOf } from "./shown-fields.ts";
import type { FormAnswer } from "./use-form.ts";

type AsShownProps = { fields: FormFields; lastResult: FormAnswer | null | undefined };

/** For a form whose values others can change too. If they did since it was filled, the form asks before it overwrites them. */
export function AsShown({ fields, lastResult }: AsShownProps) {
  const mark = markOf(fields);
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState(mark);
  const known = useRef(mark);
  const isSent = useRef(false);
  useEffect(() => {
    const form = input.current?.form;
    const end = () => {
      isSent.current = false;
    };
    const send = () => {
      isSent.current = true;
      // Without a connection nothing is saved, so what the page shows later is a change made elsewhere.
      void nextTrouble().then(end);
    };
    // Counts as typed, so that it is kept together with the other fields while the person signs in again.
    const type = ({ target }: Event) => {
      if (target !== input.current) input.current?.dispatchEvent(new Event("input", { bubbles: true }));
    };
    form?.addEventListener("submit", send);
    form?.addEventListener("input", type);
    return () => {
      form?.removeEventListener("submit", send);
      form?.removeEventListener("input", type);
    };
  }, []);
  useEffect(() => {
    if (lastResult?.status === "error") isSent.current = false;
  }, [lastResult]);
  // Before the form can be sent again.
  useLayoutEffect(() => {
    if (known.current === mark) return;
    known.current = mark;
    // The page's data can be reloaded while its form is open. A field with typed text keeps that text, so the mark stays, too.
    const elements = Array.from(input.current?.form?.elements ?? []);
    if (!isSent.current && !elements.every((each) => isShowing(each, fields))) return;
    isSent.current = false;
    setShown(mark);
  });
  return (
    <input
      ref={input}
      type="hidden"
      name={AS_SHOWN}
      value={lastResult?.initialValue?.[AS_SHOWN] ?? shown}
      onInput={({ currentTarget }) => setShown(currentTarget.value)}
    />
  );
}

function isShowing(element: Element, fields: FormFields): boolean {
  const isField = element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;
  const isInput = element instanceof HTMLInputElement && !["hidden", "file"].includes(element.type);
  if (!isField && !isInput) return true;
  const values = [fields[element.name] ?? ""].flat();
  if (isInput && ["checkbox", "radio"].includes(element.type))
    return element.checked === values.includes(element.value);
  return element.value === values[0];
}
