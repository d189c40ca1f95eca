import { useSyncExternalStore } from "react";

export type Trouble =
  | { kind: "offline" }
  | { kind: "outdated" }
  | { kind: "session-ended" }
  | { kind: "another-person"; name: string };

const listeners = new Set<() => void>();
const untold: (() => void)[] = [];
let current: Trouble | null = null;
let pending = 0;

function announce() {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tell(trouble: Trouble) {
  current = trouble;
  announce();
  for (const end of untold.splice(0)) end();
}

/** Resolves at the next trouble: a request that is held back then never gets a response. */
export function nextTrouble(): Promise<void> {
  return new Promise((resolve) => untold.push(resolve));
}

export function putAway(kind?: Trouble["kind"]) {
  if (!current || (kind && current.kind !== kind)) return;
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
