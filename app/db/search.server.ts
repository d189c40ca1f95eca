import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Tenanted } from "#app/tenancy/tables.ts";
import { normalAddress, readableAddress } from "#app/text/address.ts";
import { EMAIL_MAXIMUM } from "#app/text/address-limit.ts";
import { lengthOf, nameOf } from "#app/text/names.ts";
import { searchForm } from "#app/text/search-form.ts";
import type { Database } from "./client.server.ts";
import { image } from "./schema/gallery.ts";
import { organization } from "./schema/organizations.ts";
import { user } from "./schema/people.ts";
import { searchText } from "./schema/search.ts";

type Kind = (typeof searchText.$inferSelect)["kind"];
export type Searched = {
  kind: Kind;
  table: SQLiteTable & Tenanted;
  id: SQLiteColumn;
  texts: readonly SQLiteColumn[];
};

export const people = { kind: "person", table: user, id: user.id, texts: [user.name, user.email] } satisfies Searched;
export const images = { kind: "image", table: image, id: image.id, texts: [image.name] } satisfies Searched;
export const organizations = {
  kind: "organization",
  table: organization,
  id: organization.id,
  texts: [organization.name],
} satisfies Searched;

const SOUGHT_MAXIMUM = EMAIL_MAXIMUM;

/** SQL for whether one of these has `typed` in it, in any case, script of digits or composition. */
export function contains({ kind, id, texts }: Searched, typed: string): SQL {
  // No name and no address is as long, and SQLite takes no pattern of any length.
  if (typed.length > SOUGHT_MAXIMUM) return sql`0`;
  const sought = [...new Set([searchForm(typed), searchForm(normalAddress(typed) ?? typed)])];
  const isInForm = or(...sought.map((form) => sql`instr(${searchText.form}, ${form}) > 0`));
  return sql`coalesce(
    (select ${isInForm} from ${searchText} where ${searchText.kind} = ${kind} and ${searchText.id} = ${id} and ${searchText.form} is not null),
    ${isInTexts(texts, typed)})`;
}

/** For the moment in which a form is not made yet. SQLite's `like` knows the case of ASCII letters alone. */
function isInTexts(texts: readonly SQLiteColumn[], typed: string): SQL | undefined {
  const spellings = new Set([typed, typed.toLowerCase(), typed.toUpperCase(), capitalized(typed)]);
  const patterns = [...spellings].map((spelling) => `%${spelling.replace(/[\\%_]/g, "\\$&")}%`);
  return or(...texts.flatMap((column) => patterns.map((pattern) => sql`${column} like ${pattern} escape '\\'`)));
}

function capitalized(words: string): string {
  return words.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
}

/** Follows, in the batch that names an image or an organization: makes its form if it is called so by then. `where`: over its table. */
export function searchStatement(
  db: Database,
  { kind, id }: Searched,
  { where, ...named }: { id: string; name: string; where?: SQL | undefined },
) {
  const name = sql`(select name from ${id.table} where ${and(sql`${id} = ${named.id}`, where)})`;
  return db
    .update(searchText)
    .set({ form: searchForm(named.name) })
    .where(and(eq(searchText.kind, kind), eq(searchText.id, named.id), sql`${name} = ${named.name}`));
}

const AT_ONCE = 200;

/** Makes missing forms, and tidies names and addresses from before. `id`: of this one alone. Answers how many it made. */
export async function makeSearchTexts(db: Database, id?: string): Promise<number> {
  const missing = db
    .select({
      kind: searchText.kind,
      id: searchText.id,
      name: sql<string | null>`coalesce(${user.name}, ${image.name}, ${organization.name})`,
      email: user.email,
    })
    .from(searchText)
    .leftJoin(user, and(eq(searchText.kind, "person"), eq(user.id, searchText.id)))
    .leftJoin(image, and(eq(searchText.kind, "image"), eq(image.id, searchText.id)))
    .leftJoin(organization, and(eq(searchText.kind, "organization"), eq(organization.id, searchText.id)))
    .where(and(isNull(searchText.form), id === undefined ? undefined : eq(searchText.id, id)))
    .limit(AT_ONCE);
  const rows = await missing;
  const statements = rows.flatMap(({ kind, id, name, email }): BatchItem<"sqlite">[] => {
    if (name === null) return [db.delete(searchText).where(and(eq(searchText.kind, kind), eq(searchText.id, id)))];
    const tidy = tidyName(kind, name);
    const address = (email !== null && normalAddress(email)) || email;
    const { table } = searched[kind].id;
    const isSame = sql`(select name from ${table} where id = ${id}) = ${tidy}`;
    return [
      ...(tidy === name ? [] : [db.run(sql`update ${table} set name = ${tidy} where id = ${id} and name = ${name}`)]),
      ...(address === email
        ? []
        : [db.run(sql`update or ignore ${user} set email = ${address} where id = ${id} and email = ${email}`)]),
      db
        .update(searchText)
        .set({
          form: [tidy, ...(address === null ? [] : [readableAddress(address), address])].map(searchForm).join("\n"),
        })
        .where(and(eq(searchText.kind, kind), eq(searchText.id, id), isSame)),
    ];
  });
  const [first, ...rest] = statements;
  if (first) await db.batch([first, ...rest]);
  return rows.length;
}

const searched: Record<Kind, Searched> = { person: people, image: images, organization: organizations };

/** A name of today's rule, unless too little would be left of it. */
function tidyName(kind: Kind, name: string): string {
  const tidy = nameOf(name);
  return lengthOf(tidy) < (kind === "organization" ? 2 : 1) ? name : tidy;
}
