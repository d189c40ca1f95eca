import type { FormAnswer } from "./use-form.ts";

export type Toast = {
  tone: "success" | "error" | "info";
  message: string;
  /** A toast with an action is shown for longer, so that there is time to press it. */
  action?: { label: string; run: () => void };
  /** The answer that the message is from, if a form can show it, too. */
  answer?: FormAnswer;
};

const listeners = new Set<() => void>();
let waiting: readonly Toast[] = [];
let wanted = false;

/** Shows a message that disappears by itself, so never show important information only here. Works only in the browser. */
export function showToast(toast: Toast) {
  wanted = true;
  waiting = [...waiting, toast];
  for (const listener of listeners) listener();
}

export function isWanted(): boolean {
  return wanted;
}

export function waitingToasts(): readonly Toast[] {
  return waiting;
}

export function takeToasts(): readonly Toast[] {
  const taken = waiting;
  waiting = [];
  for (const listener of listeners) listener();
  return taken;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
