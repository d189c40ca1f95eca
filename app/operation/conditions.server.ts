import { createHash } from "node:crypto";
import { is, type SQL, sql, Table } from "drizzle-orm";
import type { Problem } from "#app/ui/problem.ts";
import type { Statement } from "./plan.ts";

/** What a request asks of the thing at its address (RFC 9110, section 13.1). */
export type Conditions = {
  /** Tags as they were sent; "*": whatever there is. Null: not asked. */
  match: readonly string[] | "*" | null;
  noneMatch: readonly string[] | "*" | null;
};

const TAG = /(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g;

/** "unreadable": one of the two headers is no list of entity tags. */
export function conditionsOf(headers: { get(name: string): string | null | undefined }): Conditions | "unreadable" {
  const [match, noneMatch] = ["if-match", "if-none-match"].map((name) => tagsIn(headers.get(name)));
  if (match === undefined || noneMatch === undefined) return "unreadable";
  return { match, noneMatch };
}

/** Throws the refusal of what cannot be read. */
export function readable(asked: Conditions | "unreadable"): Conditions {
  if (asked !== "unreadable") return asked;
  throw Response.json({ error: "precondition-unreadable" } satisfies Problem, { status: 400 });
}

function tagsIn(said: string | null | undefined): Conditions["match"] | undefined {
  if (said === null || said === undefined) return null;
  if (said.trim() === "*") return "*";
  const tags = said.match(TAG) ?? [];
  const between = said.split(TAG);
  // A list may hold empty elements (RFC 9110, section 5.6.1.2), and begins and ends without a comma.
  const isList = between.every(
    (each, place) => /^[ \t,]*$/.test(each) && (isEdge(between, place) || each.includes(",")),
  );
  return tags.length > 0 && isList ? tags : undefined;
}

function isEdge(parts: readonly string[], place: number): boolean {
  return place === 0 || place === parts.length - 1;
}

/** The strong tag of what an answer shows: the same JSON has the same one. */
export function entityTag(shown: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 27)}"`;
}

/** `tag` null: there is something, which has none. A weak tag never holds here (RFC 9110, section 13.1.1). */
export function isMatch({ match }: Conditions, tag: string | null): boolean {
  return match === null || match === "*" || (tag !== null && match.includes(tag));
}

/** Also by weak tags, as what stands between may have weakened them (RFC 9110, section 13.1.2). */
export function isNoneMatch({ noneMatch }: Conditions, tag: string | null): boolean {
  if (noneMatch === null) return true;
  return noneMatch !== "*" && !noneMatch.some((each) => each.replace(/^W\//, "") === tag);
}

/** Whether what is at the tag need not be sent again. Throws the refusal of who asks for what is at another one. */
export function isKnownTo(asked: Conditions | "unreadable", tag: string): boolean {
  const conditions = readable(asked);
  if (!isMatch(conditions, tag))
    throw Response.json({ error: "precondition-failed" } satisfies Problem, { status: 412 });
  return !isNoneMatch(conditions, tag);
}

/** SQL for all that the statements of a read find now, as one text: two that are equal found the same. */
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
    throw new Error("A read that has a tag selects its columns one by one.");
  return fields.length;
}
