import type { SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/**
 * By names of columns. `organization`: the tenant; `person`: whose a row is outside organizations; `maker`: who made it, which
 * counts where a permission reaches own rows only; `key`: the key that made it, for which no person stands; `deleted`: when it was
 * deleted, from when on statements pass over it, except those that restore.
 */
export type Belonging = { organization?: string; person?: string; maker?: string; key?: string; deleted?: string };

const belonging: unique symbol = Symbol("belonging");

/** A table of tenants or of people. Scopes and grants hand out statements over these and over no others. */
export type Tenanted<B extends Belonging = Belonging> = { readonly [belonging]: B };

type Column<T extends SQLiteTable> = keyof T["_"]["columns"] & string;
type BelongingIn<T extends SQLiteTable> = {
  organization?: Column<T>;
  person?: Column<T>;
  maker?: Column<T>;
  key?: Column<T>;
  deleted?: Column<T>;
};

export function belongingTo<T extends SQLiteTable, const B extends BelongingIn<T>>(table: T, columns: B) {
  return Object.assign(table, { [belonging]: columns }) as T & Tenanted<B>;
}

export function belongingOf(table: Tenanted): Belonging {
  return table[belonging];
}

export function columnOf(table: Tenanted, name: string): AnySQLiteColumn {
  return (table as unknown as Record<string, AnySQLiteColumn>)[name] as AnySQLiteColumn;
}

type Insert<T extends SQLiteTable> = T["$inferInsert"];
type Known<T> = T extends Tenanted<infer B> ? B[keyof B] : never;
type Value<V> = V | SQL<NonNullable<V>> | SQL;

export type NewRow<T extends SQLiteTable> = {
  [Key in keyof Insert<T> as Key extends Known<T> ? never : Key]: Value<Insert<T>[Key]>;
} & { [Key in keyof Insert<T> as Key extends Known<T> ? Key : never]?: Value<Insert<T>[Key]> };
