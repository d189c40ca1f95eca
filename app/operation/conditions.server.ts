import { createHash } from "node:crypto";
import { is, type SQL, sql, Table } from "drizzle-orm";
import type { Problem } from "#app/ui/problem.ts";
import type { Statement } from "./plan.ts";

/** The preconditions of a request, `If-Match` and `If-None-Match` (RFC 9110, section 13.1). */
export type Conditions = {
  /** Entity tags as they were sent; "*" stands for anything that exists. Null if the header is missing. */
  match: readonly string[] | "*" | null;
  noneMatch: readonly string[] | "*" | null;
};

const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/** Reads both headers. Returns "unreadable" if one of them is not a list of entity tags. */
export function conditionsOf(headers: { get(name: string): string | null | undefined }): Conditions | "unreadable" {
  const [match, noneMatch] = ["if-match", "if-none-match"].map((name) => tagsIn(headers.get(name)));
  if (match === undefined || noneMatch === undefined) return "unreadable";
  return { match, noneMatch };
}

/** Throws a 400 response if the headers could not be read. */
export function readable(asked: Conditions | "unreadable"): Conditions {
  if (asked !== "unreadable") return asked;
  throw Response.json({ error: "precondition-unreadable" } satisfies Problem, { status: 400 });
}

function tagsIn(said: string | null | undefined): Conditions["match"] | undefined {
  if (said === null || said === undefined) return null;
  if (said.trim() === "*") return "*";
  const tags = said.match(TAG) ?? [];
  const between = said.split(TAG);
  // A list can have empty elements (RFC 9110, section 5.6.1.2). Only between two tags must there be a comma.
  const isList = between.every(
    (each, place) => /^[ \t,]*$/.test(each) && (isEdge(between, place) || each.includes(",")),
  );
  return tags.length > 0 && isList ? tags : undefined;
}

function isEdge(parts: readonly string[], place: number): boolean {
  return place === 0 || place === parts.length - 1;
}

/** The strong entity tag of what a response shows. The same JSON always has the same tag. */
export function entityTag(shown: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 27)}"`;
}

/** Whether `If-Match` holds. `tag` is null if the thing has none. A weak tag never matches (RFC 9110, section 13.1.1). */
export function isMatch({ match }: Conditions, tag: string | null): boolean {
  return match === null || match === "*" || (tag !== null && match.includes(tag));
}

/** Whether `If-None-Match` holds. Weak tags match too, since a proxy may have weakened them (RFC 9110, section 13.1.2). */
export function isNoneMatch({ noneMatch }: Conditions, tag: string | null): boolean {
  if (noneMatch === null) return true;
  return noneMatch !== "*" && !noneMatch.some((each) => each.replace(/^W\//, "") === tag);
}

/** Whether the caller already has what `tag` stands for, so that 304 is enough. Throws 412 if `If-Match` does not hold. */
export function isKnownTo(asked: Conditions | "unreadable", tag: string): boolean {
  const conditions = readable(asked);
  if (!isMatch(conditions, tag))
    throw Response.json({ error: "precondition-failed" } satisfies Problem, { status: 412 });
  return !isNoneMatch(conditions, tag);
}

/** SQL for everything that the statements of a read find now, as one JSON text. Equal texts mean that nothing changed. */
export function stateOf(statements: readonly Statement[]): SQL<string> {
  const parts = statements.map((statement) => {
    const columns = Array.from({ length: columnCount(statement) }, (_, place) => sql.identifier(`c${place}`));
    const listed = sql.join(columns, sql`, `);
    return sql`(with seen (${listed}) as ${statement} select json_group_array(json_array(${listed})) from seen)`;
  });
  return sql`json_array(${sql.join(parts, sql`, `)})`;
}

type Selecting = { _: { selectedFields: Record<string, unknown> } };

function columnCount(statement: Statement): number {
  const fields = Object.values((statement as unknown as Selecting)._.selectedFields);
  if (fields.some((field) => is(field, Table)))
    throw new Error("A read with a tag must select its columns one by one.");
  return fields.length;
}
