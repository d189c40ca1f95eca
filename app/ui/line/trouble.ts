import { useSyncExternalStore } from "react";

/** What stands between an open page and the server. */
export type Trouble =
  | { kind: "offline" }
  /** A part of the page is gone, since the site was deployed anew. */
  | { kind: "outdated" }
  | { kind: "session-ended" }
  /** `name`: who is signed in now. */
  | { kind: "another-person"; name: string };

const listeners = new Set<() => void>();
let current: Trouble | null = null;
let pending = 0;

function announce() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says it at the foot of the page until it is over or put away. */
export function tell(trouble: Trouble) {
  current = trouble;
  announce();
}

/** Without a kind: whatever it is. */
export function putAway(kind?: Trouble["kind"]) {
  if (current === null || (kind !== undefined && current.kind !== kind)) return;
  current = null;
  announce();
}

export function useTrouble(): Trouble | null {
  return useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );
}

/** Shows that something is under way which the router does not know of. */
export async function waitingFor<T>(work: Promise<T>): Promise<T> {
  pending += 1;
  announce();
  try {
    return await work;
  } finally {
    pending -= 1;
    announce();
  }
}

export function useIsWaiting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => pending > 0,
    () => false,
  );
}
