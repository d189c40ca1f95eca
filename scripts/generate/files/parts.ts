import { choicesOf, namesOfChoices, type Parts } from "../kinds.ts";
import { capitalized, type Field, type Resource, type Target } from "../spec.ts";

export type Written = { path: string; content: string };
export type Part = { field: Field; parts: Parts };

export const isPerson = ({ kind }: Field) => kind.name === "person";
export const isRow = ({ kind }: Field) => kind.name === "row";
/** Fields that tests leave empty, unless they test these. */
export const isLeftOut = (field: Field) => isPerson(field) || (isRow(field) && !field.isRequired);

/** A list that the form offers, with the fields that choose from it: members, or rows of another resource. */
export type Source = { key: string; pascal: string; id: string; names: string[]; to?: Target };

export function sourcesOf({ fields }: Pick<Resource, "fields">): Source[] {
  const people = fields.filter(isPerson).map(({ name }) => name);
  return [
    ...(people.length > 0 ? [{ key: "people", pascal: "People", id: "member.userId", names: people }] : []),
    ...targetsOf({ fields }).map((to) => ({
      ...{ key: to.many.camel, pascal: to.many.pascal, id: `${to.table}.id`, to },
      names: fields.filter(({ kind }) => kind.name === "row" && kind.to.table === to.table).map(({ name }) => name),
    })),
  ];
}

/** The resources that the fields refer to. */
export function targetsOf({ fields }: Pick<Resource, "fields">): Target[] {
  const all = fields.flatMap(({ kind }) => (kind.name === "row" ? [kind.to] : []));
  return [...new Map(all.map((to) => [to.table, to])).values()];
}

export const needs = ({ fields }: Pick<Resource, "fields">) => fields.some((field) => isRow(field) && field.isRequired);

/** The resources that a row of the tests needs. */
export const neededBy = ({ fields }: Pick<Resource, "fields">) =>
  targetsOf({ fields: fields.filter(({ isRequired }) => isRequired) });

/** The name of a function about one row of another resource, such as `isNote`. */
export const named = (verb: string, { table }: Target) => verb + capitalized(table);

export const importsOfTables = (targets: readonly Target[]) =>
  targets.map(({ table, many }) => `import { ${table} } from "#app/db/schema/${many.kebab}.ts";\n`).join("");

/** The notification of members who are named in a field. */
export const toldOf = ({ kebab }: Resource["one"]) => `${kebab}-added-you`;
export const isUnique = ({ kind }: Field) => kind.name === "line" && kind.isUnique === true;
/** A value for tests that no other row has, as code. */
export const freshValue = ({ kind }: Field) =>
  `crypto.randomUUID().slice(0, ${"maximum" in kind ? Math.min(kind.maximum, 36) : 36})`;
export const isChoice = ({ kind }: Field) => kind.name === "choice";
export const isImage = ({ kind }: Field) => kind.name === "image";
/** The columns of pictures, as a list in code. */
export const pictureColumns = ({ table, fields }: Resource) =>
  fields
    .filter(isImage)
    .map(({ name }) => `${table}.${name}`)
    .join(", ");
export const joined = (lines: readonly string[]) => lines.join("\n");
export const some = (is: boolean, text: string) => (is ? text : "");

export function importOfChoices({ fields }: Resource): string {
  const lists = fields.filter(isChoice).map(choicesOf);
  return some(lists.length > 0, `import { ${lists.join(", ")} } from "./choices.ts";\n`);
}

export function importOfNames({ fields }: Resource): string {
  const names = fields.filter(isChoice).map(namesOfChoices);
  return some(names.length > 0, `import { ${names.join(", ")} } from "./choice-names.ts";\n`);
}
