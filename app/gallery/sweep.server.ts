import { and, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#app/db/client.server.ts";
import { image } from "#app/db/schema/gallery.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import { parseImageKey } from "./file-keys.ts";

const PREFIX = "organizations/";
/** Where the walk stands between two runs. In the storage itself, so the cursor lives and dies with what it points into. */
const PROGRESS_KEY = "sweep/progress";
const FILES_PER_RUN = 1_000;
const MISSING_PER_RUN = 100;
/** An upload may be between its file and its row; after an hour it is not. */
const SETTLED_AFTER_MS = 3_600_000;

const Progress = z.object({ cursor: z.string().nullable(), lastKey: z.string() });
type Progress = z.infer<typeof Progress>;

type Sweeping = { db: Database; storage: FileStorage; now: Date };

/**
 * Goes one stretch further through the images of all organizations, round and round: removes files that have no row and
 * names the images (`<organization>/<image>`) that have no file. The storage is the whole one, outside any prefix.
 */
export async function sweepImages({ db, storage, now }: Sweeping): Promise<{ removed: number; missing: string[] }> {
  const { from, files, cursor } = await nextStretch(storage);
  const settledBefore = new Date(now.getTime() - SETTLED_AFTER_MS);
  const lastKey = files.at(-1)?.key ?? from;
  const found = files.flatMap(({ key, uploadedAt }) => {
    const parsed = parseImageKey(key);
    return parsed === null ? [] : [{ key, uploadedAt, place: `${parsed.organizationId}/${parsed.imageId}` }];
  });
  const places = found.map(({ place }) => place);
  const [known, missing] = await db.batch([
    rowsOf(db, places),
    rowsWithoutFile(db, { places, settledBefore, from, to: cursor === null ? null : lastKey }),
  ]);
  const knownPlaces = new Set(known.map(({ place }) => place));
  const strays = found.filter(({ place, uploadedAt }) => !knownPlaces.has(place) && uploadedAt < settledBefore);
  if (strays.length > 0) await storage.delete(strays.map(({ key }) => key));
  await saveProgress(storage, cursor === null ? start : { cursor, lastKey });
  return { removed: strays.length, missing: missing.map(({ place }) => place) };
}

const place = sql<string>`${image.organizationId} || '/' || ${image.id}`;

function rowsOf(db: Database, places: readonly string[]) {
  const ids = places.map((each) => each.slice(each.indexOf("/") + 1));
  return db
    .select({ place })
    .from(image)
    .where(sql`${image.id} in (select value from json_each(${JSON.stringify(ids)}))`);
}

type Stretch = { places: readonly string[]; settledBefore: Date; from: string; to: string | null };

/** Rows which the listing, that goes by key, has passed by without meeting their file. */
function rowsWithoutFile(db: Database, { places, settledBefore, from, to }: Stretch) {
  const organizationOf = (key: string) => key.slice(PREFIX.length).split("/")[0] ?? "";
  const key = sql`${PREFIX} || ${image.organizationId} || '/images/' || ${image.id}`;
  return db
    .select({ place })
    .from(image)
    .where(
      and(
        sql`${image.organizationId} >= ${organizationOf(from)} and ${key} > ${from}`,
        to === null ? undefined : sql`${image.organizationId} <= ${organizationOf(to)} and ${key} <= ${to}`,
        lt(image.createdAt, settledBefore),
        sql`${place} not in (select value from json_each(${JSON.stringify(places)}))`,
      ),
    )
    .limit(MISSING_PER_RUN);
}

const start: Progress = { cursor: null, lastKey: PREFIX };

async function nextStretch(storage: FileStorage) {
  const { cursor, lastKey } = await loadProgress(storage);
  if (cursor !== null) {
    // A cursor which the storage has forgotten must not stop the walk for good: it begins anew.
    const next = await storage.list(PREFIX, { limit: FILES_PER_RUN, cursor }).catch(() => null);
    if (next !== null) return { from: lastKey, ...next };
  }
  return { from: PREFIX, ...(await storage.list(PREFIX, { limit: FILES_PER_RUN })) };
}

async function loadProgress(storage: FileStorage): Promise<Progress> {
  const file = await storage.get(PROGRESS_KEY);
  if (file === null) return start;
  // What cannot be read must not stop the walk for good: it begins anew.
  const kept = Progress.safeParse(await new Response(file.body).json().catch(() => null));
  return kept.success ? kept.data : start;
}

async function saveProgress(storage: FileStorage, progress: Progress) {
  const file = new Blob([JSON.stringify(progress)], { type: "application/json" });
  await storage.put(PROGRESS_KEY, file.stream(), { length: file.size, type: file.type });
}
