import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Mistake } from "../mistake.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs `take`, which changes these files and folders of `root`. If `take` rejects or a person stops it, they are restored. The
 * tools that `take` runs can write until they end, so a stopped `take` first runs to its end, which is near.
 */
export async function orAsBefore<T>(root: string, places: readonly string[], take: () => Promise<T>): Promise<T> {
  const kept = await mkdtemp(path.join(tmpdir(), "app-before-"));
  const there = places.filter((place) => existsSync(path.join(root, place)));
  using stopping = stoppedByPerson();
  try {
    for (const place of there) await cp(path.join(root, place), path.join(kept, place), { recursive: true });
    stopping.signal.throwIfAborted();
    return await take()
      .finally(() => stopping.signal.throwIfAborted())
      .catch(async (error) => {
        for (const place of places) await rm(path.join(root, place), { recursive: true, force: true });
        for (const place of there) await cp(path.join(kept, place), path.join(root, place), { recursive: true });
        throw error;
      });
  } finally {
    await rm(kept, { recursive: true, force: true });
  }
}

/** Keeps Ctrl+C, and the signals that a system sends instead, from ending this process. */
function stoppedByPerson() {
  const controller = new AbortController();
  const stop = () => {
    if (!controller.signal.aborted) console.error("Stopping and undoing the changes …");
    controller.abort(new Mistake("Stopped."));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  const { signal } = controller;
  return {
    signal,
    [Symbol.dispose]() {
      for (const each of SIGNALS) process.off(each, stop);
    },
  };
}

/** Returns a function that turns an error of `orAsBefore` into a Mistake; `what` says in words what failed. */
export function failed(what: string) {
  return (error: Error): never => {
    throw new Mistake(`${what}. All changes were undone.\n\n${saidBy(error)}`);
  };
}

/** A tool reports its error on stderr or on stdout. */
function saidBy(error: Error & { stdout?: string; stderr?: string }): string {
  return `${error.stderr ?? ""}\n${error.stdout ?? ""}`.trim() || error.message;
}
