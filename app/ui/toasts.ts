export type Toast = {
  tone: "success" | "error" | "info";
  message: string;
  /** Shown longer, since there is something to press. */
  action?: { label: string; run: () => void };
};

const listeners = new Set<() => void>();
let waiting: readonly Toast[] = [];
let wanted = false;

/** Shows a message that goes away by itself; only in the browser, and never the only place of what must be known. */
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
