import { type FormEvent, type ReactNode, useSyncExternalStore } from "react";
import { href, useLocation } from "react-router";
import { Form, useFetcher } from "./form.tsx";
import { nextTrouble } from "./line/trouble.ts";
import { holdPage } from "./line/under-way.ts";

const PREFERENCES = ["theme", "color", "font", "locale", "timeZone", "sidebar", "shortcuts"];

type Chosen = Readonly<Record<string, string>>;

let unsettled: Chosen = {};
let isSending = false;
/** Lets the page go once a choice is sent that was made while an earlier one was on its way. */
let letGo: (() => void) | undefined;
const listeners = new Set<() => void>();

function settle(chosen: Chosen) {
  unsettled = chosen;
  for (const tell of listeners) tell();
}

/** Sends one request after another: an aborted or late response would bring the older look back. */
async function keep(chosen: Chosen, send: (chosen: Chosen) => Promise<void>) {
  settle({ ...unsettled, ...chosen });
  if (isSending) {
    letGo ??= holdPage();
    return;
  }
  isSending = true;
  try {
    for (let sent: Chosen = {}; sent !== unsettled; ) {
      sent = unsettled;
      const answer = send(sent);
      release();
      await Promise.race([answer, nextTrouble()]);
    }
  } finally {
    isSending = false;
    release();
    settle({});
  }
}

function release() {
  letGo?.();
  letGo = undefined;
}

type PreferenceFormProps = {
  children: ReactNode;
  className?: string;
};

export function PreferenceForm({ children, className }: PreferenceFormProps) {
  const { pathname, search } = useLocation();
  const { submit } = useFetcher();
  const action = href("/preferences");
  const redirectTo = pathname + search;
  const stay = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const fields = [...new FormData(event.currentTarget, submitter)];
    const chosen = fields.filter((field): field is [string, string] => PREFERENCES.includes(field[0]));
    void keep(Object.fromEntries(chosen), (all) =>
      submit({ ...all, redirectTo, stay: "yes" }, { method: "post", action }),
    );
  };
  return (
    <Form method="post" action={action} className={className} onSubmit={stay}>
      <input type="hidden" name="redirectTo" value={redirectTo} />
      {children}
    </Form>
  );
}

export function usePendingPreference(name: string): string | null {
  const read = () => unsettled[name] ?? null;
  return useSyncExternalStore(listen, read, () => null);
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
