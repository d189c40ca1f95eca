import { useLayoutEffect, useRef } from "react";
import { emptyAnswered, fillAnswered, forgetSent, noteSent } from "./answered-fields.ts";

export type FormAnswer = {
  status?: "success" | "error";
  initialValue?: Partial<Record<string, string>> | null;
  error?: Partial<Record<string, string[]>> | null;
};

/** The answer to a refused form. `confirmAt`: the page to confirm one's identity first; `anotherPerson`: who is signed in now. */
export type FormAgain = FormAnswer & {
  /** The reason for the refusal, for a page that offers a way out of it. Absent if fields are invalid. */
  code?: string;
  confirmAt?: string;
  anotherPerson?: string;
  /** Seconds until the form may be sent again. */
  retryAfter?: number;
  /** A message about the part that was done nevertheless. */
  done?: string;
};

export type FormField = {
  frame: { id: string; errorId: string; errors: readonly string[] | undefined; refused: string | undefined };
  control: { name: string; defaultValue: string | undefined };
};

type Options<Fields> = {
  id: string;
  lastResult?: FormAnswer | null;
  defaultValue?: Partial<Record<keyof Fields & string, string>>;
};

export function useForm<Fields>({ id, lastResult: answer = null, defaultValue = {} }: Options<Fields>) {
  const values: Partial<Record<string, string>> = answer?.initialValue ?? defaultValue;
  useAnswer(id, answer);
  const fieldOf = (name: string): FormField => ({
    frame: {
      id: `${id}-${name}`,
      errorId: `${id}-${name}-error`,
      errors: answer?.error?.[name],
      refused: answer?.initialValue?.[name],
    },
    control: { name, defaultValue: values[name] },
  });
  const fields = new Proxy({} as Record<keyof Fields & string, FormField>, {
    get: (_fields, name) => fieldOf(String(name)),
  });
  // `noValidate`: the browser would show its own errors, in its own language and place.
  return [{ props: { id, noValidate: true, onSubmit: noteSent }, error: answer?.error?.[""]?.[0] }, fields] as const;
}

const shown = new WeakSet<FormAnswer>();

/** Whether a form has shown the answer. */
export function wasShown(answer: FormAnswer): boolean {
  return shown.has(answer);
}

function useAnswer(id: string, answer: FormAnswer | null) {
  const seen = useRef(answer);
  // Before anything can be typed or pressed, which would belong to the next sending.
  useLayoutEffect(() => {
    if (answer) shown.add(answer);
    if (seen.current === answer) return;
    seen.current = answer;
    const form = document.getElementById(id);
    if (!(form instanceof HTMLFormElement) || answer === null) return;
    if (answer.initialValue === null) emptyAnswered(form);
    else fillAnswered(form, answer.initialValue ?? {});
    forgetSent(form);
    for (const element of form.elements) {
      if (!(element instanceof HTMLElement) || !answer.error?.[element.getAttribute("name") || id]) continue;
      element.focus();
      break;
    }
  }, [id, answer]);
}
