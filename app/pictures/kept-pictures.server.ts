import { type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "#app/db/client.server.ts";
import { ANY_PART, organizationFolder } from "#app/storage/folders.ts";
import type { FileStorage, StoredFile } from "#app/storage/storage.ts";
import type { FileOwner } from "#app/storage/sweep.server.ts";
import { drawAnew, type NotDrawn, type Uploaded } from "./drawn.server.ts";
import { PICTURE_SIDE } from "./limits.ts";
import type { Decoder } from "./readable.server.ts";

/**
 * A column contains the id of a picture, and each new picture gets a new id. Its file is `<folder>/<row>/<id>` in the
 * organization's storage. The file is written first, then the row; the sweep deletes files without a row.
 */
type Place = { folder: string; id: string };

type Keeping = {
  readonly storage: FileStorage;
  readonly decode: Decoder;
  newId(): string;
  after(work: () => Promise<unknown>): void;
};

/** By column: a file to keep, null to remove the picture, undefined to leave it as it is. */
type Sent = Record<string, Uploaded | null | undefined>;

type IdOf<T> = T extends Uploaded ? string : T;

type Kept<S extends Sent> = {
  ok: true;
  /** The values to write to the row. */
  ids: { [Column in keyof S]: IdOf<S[Column]> };
  /** Deletes the files that no row refers to: the former ones if the row was written, otherwise the new ones. */
  settle(isWritten: boolean, before?: { [Column in keyof S]?: string | null }): void;
};

export type NotKept<Column extends string> = { ok: false; reason: `${Column}-${NotDrawn["reason"]}` };

export async function keepPictures<S extends Sent>(
  { storage, decode, newId, after }: Keeping,
  place: Place,
  sent: S,
): Promise<Kept<S> | NotKept<keyof S & string>> {
  const ids: Record<string, string | null | undefined> = {};
  const forget = (pictures: readonly (string | null | undefined)[]) => {
    const keys = pictures.flatMap((picture) => (picture ? [keyOf(place, picture)] : []));
    if (keys.length > 0) after(() => storage.delete(keys));
  };
  for (const [column, uploaded] of Object.entries(sent)) {
    if (!uploaded) {
      ids[column] = uploaded;
      continue;
    }
    const drawn = await drawAnew(decode, uploaded, () => SIZE);
    if (!drawn.ok) {
      forget(Object.values(ids));
      return { ok: false, reason: `${column}-${drawn.reason}` as NotKept<keyof S & string>["reason"] };
    }
    const id = newId();
    await storage.put(keyOf(place, id), drawn.picture.stream, drawn.picture);
    ids[column] = id;
  }
  return {
    ok: true,
    ids: ids as Kept<S>["ids"],
    settle(isWritten, before = {}) {
      const changed = Object.keys(sent).filter((column) => sent[column] !== undefined);
      forget(isWritten ? changed.map((column) => before[column]) : Object.values(ids));
    },
  };
}

const SIZE = { width: PICTURE_SIDE, height: PICTURE_SIDE, fit: "scale-down" } as const;

export function keptPicture(storage: FileStorage, place: Place, picture: string): Promise<StoredFile | null> {
  return storage.get(keyOf(place, picture));
}

/** SQL that is true if one of the columns contains this picture. */
export function holdsPicture(columns: readonly AnySQLiteColumn[], picture: string): SQL {
  return sql`${picture} in (${sql.join([...columns], sql`, `)})`;
}

type Holding = SQLiteTable & { id: AnySQLiteColumn; organizationId: AnySQLiteColumn };

/** For the sweep: keeps files that a row refers to, also while the row's deletion can be undone. */
export function pictureFiles(folder: string, table: Holding, columns: readonly AnySQLiteColumn[]) {
  const pattern = new RegExp(`^${organizationFolder(ANY_PART)}/${keyOf({ folder, id: ANY_PART }, ANY_PART)}$`);
  return (db: Database): FileOwner => ({
    owns: (key) => pattern.test(key),
    async known(keys) {
      const ids = [...new Set(keys.map((key) => pattern.exec(key)?.[2]))];
      const rows = await db
        .select({
          id: sql<string>`${table.id}`,
          organizationId: sql<string>`${table.organizationId}`,
          pictures: sql<string>`json_array(${sql.join([...columns], sql`, `)})`,
        })
        .from(table)
        .where(sql`${table.id} in (select value from json_each(${JSON.stringify(ids)}))`);
      return new Set(
        rows.flatMap(({ id, organizationId, pictures }) =>
          (JSON.parse(pictures) as (string | null)[]).map(
            (picture) => `${organizationFolder(organizationId)}/${keyOf({ folder, id }, picture ?? "")}`,
          ),
        ),
      );
    },
  });
}

function keyOf({ folder, id }: Place, picture: string): string {
  return `${folder}/${id}/${picture}`;
}
