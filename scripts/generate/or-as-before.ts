import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Mistake } from "../mistake.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does what changes these files and folders of `root`. What rejects midway leaves them as they were before, and so does a person
 * who stops it: the tools that `take` runs may write until they end, so it goes on to its end, which is near, and is undone then.
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

/** Keeps Ctrl+C, and what a system sends in its place, from ending this process. */
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

/** For what rejects in there: `what` says it in words. */
export function failed(what: string) {
  return (error: Error): never => {
    throw new Mistake(`${what}. All changes were undone.\n\n${saidBy(error)}`);
  };
}

/** What a tool had to say comes on one of its two ways. */
function saidBy(error: Error & { stdout?: string; stderr?: string }): string {
  return `${error.stderr ?? ""}\n${error.stdout ?? ""}`.trim() || error.message;
}
