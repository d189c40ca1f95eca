import { z } from "zod";
import { HOUR_MS } from "#app/durations.server.ts";
import type { FileStorage } from "./storage.ts";

/** Where the walk is between two runs. It is kept in the storage itself, so the cursor exists as long as what it points into. */
const PROGRESS_KEY = "sweep/progress";
const FILES_PER_RUN = 1_000;
/** An upload writes its file before its row. Before this age, the file may still be waiting for it. */
export const SETTLED_AFTER_MS = HOUR_MS;

const Progress = z.object({ cursor: z.string().nullable(), lastKey: z.string() });
type Progress = z.infer<typeof Progress>;

export interface FileOwner {
  owns(key: string): boolean;
  known(keys: readonly string[]): Promise<ReadonlySet<string>>;
}

export type Stretch = { from: string; to: string | null; keys: readonly string[] };

type Sweeping = { storage: FileStorage; owners: readonly FileOwner[]; now: Date };

/** Deletes files without a row, one stretch per run. Files that nobody owns stay. `storage` is the whole one, not a folder. */
export async function sweepStrays({ storage, owners, now }: Sweeping): Promise<{ removed: number; stretch: Stretch }> {
  const { from, files, cursor } = await nextStretch(storage);
  const settledBefore = now.getTime() - SETTLED_AFTER_MS;
  const settled = files.filter(({ uploadedAt }) => uploadedAt.getTime() < settledBefore).map(({ key }) => key);
  const strays = await Promise.all(
    owners.map(async (owner) => {
      const own = settled.filter((key) => owner.owns(key));
      if (own.length === 0) return [];
      const known = await owner.known(own);
      return own.filter((key) => !known.has(key));
    }),
  );
  const removed = strays.flat();
  if (removed.length > 0) await storage.delete(removed);
  const lastKey = files.at(-1)?.key ?? from;
  await saveProgress(storage, cursor === null ? start : { cursor, lastKey });
  const keys = files.map(({ key }) => key);
  return { removed: removed.length, stretch: { from, to: cursor === null ? null : lastKey, keys } };
}

const start: Progress = { cursor: null, lastKey: "" };

async function nextStretch(storage: FileStorage) {
  const { cursor, lastKey } = await loadProgress(storage);
  if (cursor !== null) {
    // A cursor that the storage has forgotten must not stop the walk for good: it starts again.
    const next = await storage.list("", { limit: FILES_PER_RUN, cursor }).catch(() => null);
    if (next !== null) return { from: lastKey, ...next };
  }
  return { from: "", ...(await storage.list("", { limit: FILES_PER_RUN })) };
}

async function loadProgress(storage: FileStorage): Promise<Progress> {
  const file = await storage.get(PROGRESS_KEY);
  if (file === null) return start;
  // Progress that cannot be read must not stop the walk for good: it starts again.
  const kept = Progress.safeParse(await new Response(file.body).json().catch(() => null));
  return kept.success ? kept.data : start;
}

async function saveProgress(storage: FileStorage, progress: Progress) {
  const file = new Blob([JSON.stringify(progress)], { type: "application/json" });
  await storage.put(PROGRESS_KEY, file.stream(), { length: file.size, type: file.type });
}
