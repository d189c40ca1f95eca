import { and, lt, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { image, trashedImage } from "#app/db/schema/gallery.ts";
import { organizationFolder } from "#app/storage/folders.ts";
import { type FileOwner, SETTLED_AFTER_MS, type Stretch } from "#app/storage/sweep.server.ts";
import { parseImageKey } from "./file-keys.ts";

const PREFIX = organizationFolder("");
const LOST_PER_RUN = 100;

function keyOf({ organizationId, id }: typeof image | typeof trashedImage) {
  return sql<string>`${PREFIX} || ${organizationId} || '/images/' || ${id}`;
}

const key = keyOf(image);

export function imageFiles(db: Database): FileOwner {
  return {
    owns: (file) => parseImageKey(file) !== null,
    async known(files) {
      const ids = files.map((file) => parseImageKey(file)?.imageId);
      const sought = sql`(select value from json_each(${JSON.stringify(ids)}))`;
      const [shown, trashed] = await db.batch([
        db
          .select({ key: keyOf(image) })
          .from(image)
          .where(sql`${image.id} in ${sought}`),
        db
          .select({ key: keyOf(trashedImage) })
          .from(trashedImage)
          .where(sql`${trashedImage.id} in ${sought}`),
      ]);
      return new Set([...shown, ...trashed].map((row) => row.key));
    },
  };
}

/** Returns images (`<organization>/<image>`) whose file the sweep should have found in this stretch but did not. */
export async function findLostImages({
  db,
  stretch: { from, to, keys },
  now,
}: {
  db: Database;
  stretch: Stretch;
  now: Date;
}): Promise<string[]> {
  const rows = await db
    .select({ place: sql<string>`${image.organizationId} || '/' || ${image.id}` })
    .from(image)
    .where(
      and(
        // The index is ordered by organization, so only rows of the stretch are read.
        sql`${image.organizationId} >= ${organizationOf(from)} and ${key} > ${from}`,
        to === null ? undefined : sql`${image.organizationId} <= ${organizationOf(to)} and ${key} <= ${to}`,
        lt(image.createdAt, new Date(now.getTime() - SETTLED_AFTER_MS)),
        sql`${key} not in (select value from json_each(${JSON.stringify(keys)}))`,
      ),
    )
    .limit(LOST_PER_RUN);
  return rows.map(({ place }) => place);
}

function organizationOf(file: string): string {
  if (file.startsWith(PREFIX)) return file.slice(PREFIX.length).split("/")[0] ?? "";
  return file < PREFIX ? "" : "\u{10ffff}";
}
