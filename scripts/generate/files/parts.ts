import { choicesOf, namesOfChoices, type Parts } from "../kinds.ts";
import type { Field, Resource } from "../spec.ts";

export type Written = { path: string; content: string };
export type Part = { field: Field; parts: Parts };

export const isPerson = ({ kind }: Field) => kind.name === "person";
/** The notification of members who are named in a field. */
export const toldOf = ({ kebab }: Resource["one"]) => `${kebab}-added-you`;
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
