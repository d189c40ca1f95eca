import { Placeholder, SQL, StringChunk, sql } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteSyncDialect();

/** SQL that is built once and bound for each call, because building it costs time. `write` gets a placeholder for each value. */
export function boundText<Name extends string>(write: (open: Record<Name, SQL>) => SQL) {
  let known: { text: string[]; values: unknown[] } | null = null;
  return <T = unknown>(values: Partial<Record<Name, unknown>>): SQL<T> => {
    known ??= takenApart(
      write(new Proxy({} as Record<Name, SQL>, { get: (_, name) => sql`${sql.placeholder(String(name))}` })),
    );
    const { text, values: places } = known;
    const chunks = text.flatMap((piece, index) => {
      const place = places[index];
      return index === places.length
        ? [new StringChunk(piece)]
        : [new StringChunk(piece), place instanceof Placeholder ? values[place.name as Name] : place];
    });
    return new SQL<T>(chunks as SQL["queryChunks"]);
  };
}

function takenApart(written: SQL) {
  const { sql: text, params } = dialect.sqlToQuery(written);
  return { text: text.split("?"), values: params };
}
