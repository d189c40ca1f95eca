import type { BatchItem } from "drizzle-orm/batch";

export type Statement = BatchItem<"sqlite">;

/** A query that a request runs once, together with the statements of its first batch. */
export type Inquiry = {
  readonly statement: Statement;
  /** Runs before anyone gets the rows of that batch. */
  settle(rows: unknown): Promise<void>;
};

/** A read that has not run yet: statements, and a function that turns their rows into a result. Only the pipeline runs it. */
export type Plan<T> = {
  readonly statements: readonly Statement[];
  shape(rows: readonly unknown[]): T;
};

type Rows<Queries> = { [Key in keyof Queries]: Awaited<Queries[Key]> };

/** A read of named statements. `shape` gets their rows under the same names. */
export function plan<Queries extends Record<string, Statement>, T>(
  queries: Queries,
  shape: (rows: Rows<Queries>) => T,
): Plan<T> {
  return { statements: Object.values(queries), shape: (rows) => shape(rowsByName(queries, rows)) };
}

/** Runs named statements at once, and resolves to their rows under the same names. */
export async function runNamed<Queries extends Record<string, Statement>>(
  run: (statements: readonly Statement[]) => Promise<unknown[]>,
  queries: Queries,
): Promise<Rows<Queries>> {
  return rowsByName(queries, await run(Object.values(queries)));
}

function rowsByName<Queries extends Record<string, Statement>>(queries: Queries, rows: readonly unknown[]) {
  return Object.fromEntries(Object.keys(queries).map((name, index) => [name, rows[index]])) as Rows<Queries>;
}

/** A read that returns `value` and queries nothing. */
export function planOf<T>(value: T): Plan<T> {
  return { statements: [], shape: () => value };
}

/** What a read returns for a thing that exists but that the permission does not reach. The response is 403. */
export const outOfReach = Symbol("out of reach");
export type OutOfReach = typeof outOfReach;

export const nothing = () => planOf({});

type Shapes<Plans> = { [Key in keyof Plans]: Plans[Key] extends Plan<infer T> ? T : never };

/** Combines several plans into one, which still takes one round trip. */
export function together<Plans extends Record<string, Plan<unknown>>>(plans: Plans): Plan<Shapes<Plans>> {
  const entries = Object.entries(plans);
  return {
    statements: entries.flatMap(([, each]) => each.statements),
    shape: (rows) => {
      let offset = 0;
      const shaped = entries.map(([name, each]) => {
        const own = rows.slice(offset, offset + each.statements.length);
        offset += each.statements.length;
        return [name, each.shape(own)];
      });
      return Object.fromEntries(shaped) as Shapes<Plans>;
    },
  };
}
