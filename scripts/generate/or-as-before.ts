import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** Does what changes these files and folders of `root`. What rejects midway leaves them as they were before. */
export async function orAsBefore<T>(root: string, places: readonly string[], take: () => Promise<T>): Promise<T> {
  const kept = await mkdtemp(path.join(tmpdir(), "app-before-"));
  const there = places.filter((place) => existsSync(path.join(root, place)));
  try {
    for (const place of there) await cp(path.join(root, place), path.join(kept, place), { recursive: true });
    return await take().catch(async (error) => {
      for (const place of places) await rm(path.join(root, place), { recursive: true, force: true });
      for (const place of there) await cp(path.join(kept, place), path.join(root, place), { recursive: true });
      throw error;
    });
  } finally {
    await rm(kept, { recursive: true, force: true });
  }
}
