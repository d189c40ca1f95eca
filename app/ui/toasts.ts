export type Toast = {
  tone: "success" | "error" | "info";
  message: string;
  /** Shown longer, since there is something to press. */
  action?: { label: string; run: () => void };
};

const listeners = new Set<() => void>();
let waiting: readonly Toast[] = [];
let wanted = false;
let ends = 0;

/** Shows a message that goes away by itself; only in the browser, and never the only place of what must be known. */
export function showToast(toast: Toast) {
  if (toast.tone === "error") endSuccess();
  wanted = true;
  waiting = [...waiting, toast];
  for (const listener of listeners) listener();
}

/** Something was refused: what worked before it is no news beside that. What offers to undo it stays. */
export function endSuccess() {
  waiting = waiting.filter(({ tone, action }) => tone !== "success" || action !== undefined);
  ends += 1;
  for (const listener of listeners) listener();
}

export function endsOfSuccess(): number {
  return ends;
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
