import type { SQL } from "drizzle-orm";
import type { AnySQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/**
 * Names of columns. `organization`: the tenant. `person`: the owner of a row outside organizations. `maker`: the person who made
 * the row, which counts if a permission reaches only own rows. `key`: the key that made the row, in place of a person. `deleted`:
 * when the row was deleted; statements then leave it out, except those that restore.
 */
export type Belonging = { organization?: string; person?: string; maker?: string; key?: string; deleted?: string };

const belonging: unique symbol = Symbol("belonging");

/** A table whose rows belong to tenants or people. Scopes and grants make statements over these tables and no others. */
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
