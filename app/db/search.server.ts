import { Buffer } from "node:buffer";
import { and, eq, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { normalAddress, readableAddress } from "#app/text/address.ts";
import { EMAIL_MAXIMUM } from "#app/text/address-limit.ts";
import { lengthOf, nameOf } from "#app/text/names.ts";
import { searchForm } from "#app/text/search-form.ts";
import { runBatch } from "./batch.server.ts";
import type { Database } from "./client.server.ts";
import { images } from "./schema/gallery.ts";
import { organizations } from "./schema/organizations.ts";
import { people } from "./schema/people.ts";
import { type Searched, searchText } from "./schema/search.ts";

const searched: readonly Searched[] = [people, organizations, images];

const SOUGHT_MAXIMUM = EMAIL_MAXIMUM;

/** The most results of one kind in one organization. A search finds one more, to know that there are more. */
export const FOUND_MAXIMUM = 100;

/**
 * SQL for whether a row is among the newest of `tenant` (SQL of its id; null finds nothing) that contain `typed`, whatever the
 * case, the script of digits or the Unicode composition. `fits`, over its table, limits the search to rows that match it.
 */
export function contains(searched: Searched, typed: string, tenant: SQLWrapper, fits?: SQL): SQL {
  const ids = idsWith(searched, typed, { tenant, fits, limit: FOUND_MAXIMUM + 1, order: sql`desc` });
  return ids === null ? sql`0` : sql`${searched.id} in (${ids})`;
}

/** SQL for how many rows `contains` finds: at most `FOUND_MAXIMUM + 1`, which means that there are more. */
export function countFound(searched: Searched, typed: string, tenant: SQLWrapper, fits?: SQL): SQL<number> {
  const limit = FOUND_MAXIMUM + 1;
  const ids = idsWith(searched, typed, { tenant, fits, limit, order: sql`desc` });
  return ids === null ? sql`0` : sql`(select count(*) from (${ids} limit ${limit}))`;
}

type Sought = {
  tenant: SQLWrapper;
  fits: SQL | undefined;
  limit: number;
  /** `desc` for the newest, `asc` for the oldest. */
  order: SQL;
};

/** A select of the ids that `contains` looks for; null if nothing can contain `typed`. */
export function idsWith({ kind, table, id, texts, by }: Searched, typed: string, sought: Sought): SQL | null {
  const { tenant, fits, limit, order } = sought;
  const forms = [...new Set([searchForm(typed), searchForm(normalAddress(typed) ?? typed)])];
  // No name or address is that long, and SQLite limits the length of a pattern.
  if (typed.length > SOUGHT_MAXIMUM || forms.includes("")) return null;
  const isInForm = or(...forms.map((form) => sql`instr(search_text.form, ${form}) > 0`));
  const words = forms.map((form) => `(${wordsOf(kind, form)})`).join(" OR ");
  const fitting = fits === undefined ? sql`` : sql`cross join ${table} on ${id} = search_text.id and ${fits}`;
  const writer = by === undefined ? sql`` : sql`cross join ${by.table} on ${by.on}`;
  return sql`
    select id from (
      select search_text.id from search_index cross join search_text on search_text.number = search_index.rowid ${fitting}
      where search_index match replace(${words}, ${TENANT}, ${tenant}) and ${isInForm}
      order by search_index.rowid ${order} limit ${limit})
    union all
    select search_text.id from search_text cross join ${table} on ${id} = search_text.id ${writer}
    where search_text.kind = ${kind} and search_text.organization_id = ${tenant} and search_text.form is null
      and (${isInTexts(texts, typed)}) ${fits === undefined ? sql`` : sql`and ${fits}`}`;
}

const TENANT = "@";
const PIECE_LENGTH = 3;

/** Some of the pieces (view `search_pieces`) of a text that contains `form`; all of them would be many lists to scan. */
function wordsOf(kind: string, form: string): string {
  const letters = [...form];
  const length = Math.min(PIECE_LENGTH, letters.length);
  const pieces = letters.slice(length - 1).map((_, at) => letters.slice(at, at + length).join(""));
  const unlettered = pieces.filter((piece) => !/\p{L}/u.test(piece)).slice(-MOST_UNLETTERED);
  if (unlettered.length > 1) return all(kind, [...unlettered, ...pieces.slice(-1)]);
  const isLong = letters.length > 2 * PIECE_LENGTH;
  const within = pieces.slice(1, -1).filter((piece) => isLong || /[^a-z]/.test(piece));
  const rarest = within.sort((one, other) => lettersIn(one) - lettersIn(other));
  return all(kind, [...pieces.slice(0, 1), ...pieces.slice(-1), ...rarest.slice(0, PIECES_WITHIN)]);
}

function all(kind: string, pieces: readonly string[]): string {
  const words = [...new Set(pieces)].map((piece) => `"${kind}-${TENANT}-${Buffer.from(piece).toString("hex")}"`);
  return words.join(" AND ");
}

/** Pieces of digits and signs only, which few names share. The long list of a piece with letters would narrow them no further. */
const MOST_UNLETTERED = 3;

/** How many pieces to take besides the first and the last, in which texts that have much in common differ. */
const PIECES_WITHIN = 2;

/** Estimates how common a piece is: frequent letters count twice, digits and signs not at all. */
function lettersIn(piece: string): number {
  return (piece.match(/[a-z]/g)?.length ?? 0) + (piece.match(/[aeinorst]/g)?.length ?? 0);
}

/** Used while a form is not made yet. SQLite's `like` ignores case only for ASCII letters. */
function isInTexts(texts: Searched["texts"], typed: string): SQL | undefined {
  const spellings = new Set([typed, typed.toLowerCase(), typed.toUpperCase(), capitalize(typed)]);
  const patterns = [...spellings].map((spelling) => `%${spelling.replace(/[\\%_]/g, "\\$&")}%`);
  const columns = texts.filter((column) => column !== undefined);
  return or(...columns.flatMap((column) => patterns.map((pattern) => sql`${column} like ${pattern} escape '\\'`)));
}

function capitalize(words: string): string {
  return words.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Goes after the statement that names something, in its batch: makes the form if the name was set. `where`: over its table. */
export function searchStatement(
  db: Database,
  { kind, id, texts: [text] }: Searched,
  { where, ...named }: { id: string; name: string; where?: SQL | undefined },
) {
  const name = sql`(select ${text} from ${id.table} where ${and(sql`${id} = ${named.id}`, where)})`;
  return db
    .update(searchText)
    .set({ form: searchForm(named.name) })
    .where(and(eq(searchText.kind, kind), eq(searchText.id, named.id), sql`${name} = ${named.name}`));
}

const AT_ONCE = 200;

/** Makes missing forms and tidies older names and addresses; with `id`, for that one only. Returns how many it handled. */
export async function makeSearchTexts(db: Database, id?: string): Promise<number> {
  const missing = await runBatch(
    db,
    searched.map((each) => missingOf(db, each, id)),
  );
  const found = searched.map((each, index) => ({ each, rows: missing[index] as Missing[] }));
  await runBatch(
    db,
    found.flatMap(({ each, rows }) => rows.flatMap((row) => statementsFor(db, each, row))),
  );
  return found.reduce((sum, { rows }) => sum + rows.length, 0);
}

type Missing = { id: string; name: string | null; email: string | null };

function missingOf(db: Database, { kind, table, id: key, texts: [name, email] }: Searched, id: string | undefined) {
  return db
    .select({
      id: searchText.id,
      name: sql<string | null>`${name}`,
      email: sql<string | null>`${email ?? null}`,
    })
    .from(searchText)
    .leftJoin(table, eq(key, searchText.id))
    .where(
      and(eq(searchText.kind, kind), isNull(searchText.form), id === undefined ? undefined : eq(searchText.id, id)),
    )
    .limit(AT_ONCE);
}

function statementsFor(db: Database, { kind, table, texts: [text], minimum }: Searched, { id, name, email }: Missing) {
  const isThis = and(eq(searchText.kind, kind), eq(searchText.id, id));
  if (name === null) return [db.delete(searchText).where(isThis)];
  const tidy = tidyName(name, minimum);
  const address = (email !== null && normalAddress(email)) || email;
  const column = sql.identifier(text.name);
  // Also false if the address has changed in between. It stays as it was if somebody else has the tidied one.
  const withAddress = email === null ? sql`` : sql`and email in (${email}, ${address})`;
  const isSame = sql`exists (select 1 from ${table} where id = ${id} and ${column} = ${tidy} ${withAddress})`;
  const form = [tidy, ...(address === null ? [] : [readableAddress(address), address])].map(searchForm).join("\n");
  const statements: BatchItem<"sqlite">[] = [];
  if (tidy !== name) {
    statements.push(db.run(sql`update ${table} set ${column} = ${tidy} where id = ${id} and ${column} = ${name}`));
  }
  if (address !== email) {
    statements.push(
      db.run(sql`update or ignore ${table} set email = ${address} where id = ${id} and email = ${email}`),
    );
  }
  statements.push(db.update(searchText).set({ form }).where(and(isThis, isSame)));
  return statements;
}

/** The name by today's rule, unless too little of it would be left. */
function tidyName(name: string, minimum: number): string {
  const tidy = nameOf(name);
  return lengthOf(tidy) < minimum ? name : tidy;
}
