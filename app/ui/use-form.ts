import { useEffect, useRef } from "react";

/** What a form was answered: what was typed, and what is wrong with it by the field; "" stands for the whole form. */
export type FormAnswer = {
  status?: "success" | "error";
  /** Null: the form begins anew. */
  initialValue?: Partial<Record<string, string>> | null;
  error?: Partial<Record<string, string[]>> | null;
};

export type FormField = {
  /** For the `Field` around the control. */
  frame: { id: string; errorId: string; errors: readonly string[] | undefined; refused: string | undefined };
  /** For the control itself. */
  control: { name: string; defaultValue: string | undefined };
};

type Options<Fields> = {
  id: string;
  lastResult?: FormAnswer | null;
  defaultValue?: Partial<Record<keyof Fields & string, string>>;
};

/** A form whose rules are the server's alone: shows at the fields what it answered, and leads to the first that is wrong. */
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
  // What the browser checks by itself, it would say in its own language and in a place of its own.
  return [{ props: { id, noValidate: true }, error: answer?.error?.[""]?.[0] }, fields] as const;
}

/** Acts on an answer that comes while the page stands; one that comes with the page has been seen to. */
function useAnswer(id: string, answer: FormAnswer | null) {
  const seen = useRef(answer);
  useEffect(() => {
    if (seen.current === answer) return;
    seen.current = answer;
    const form = document.getElementById(id);
    if (!(form instanceof HTMLFormElement) || answer === null) return;
    if (answer.initialValue === null) form.reset();
    for (const element of form.elements) {
      if (!(element instanceof HTMLElement) || !answer.error?.[element.getAttribute("name") || id]) continue;
      element.focus();
      break;
    }
  }, [id, answer]);
}
