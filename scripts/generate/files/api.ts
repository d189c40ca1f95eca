import { exampleOf } from "../kinds.ts";
import type { Field, Resource } from "../spec.ts";
import { importOfChoices, isImage, isLeftOut, isUnique, joined, type Part, some } from "./parts.ts";

/** The schemas and shapes that programs get of the resource. */
export function answers(resource: Resource, parts: Part[]): string {
  const { many, one } = resource;
  const given = parts.map(({ field: { name }, parts }) => {
    const value = `row.${name}`;
    return `${name}: ${parts.answered === undefined ? value : parts.answered(value)}`;
  });
  return `import { z } from "zod";
import { asTime, pageAnswer, time } from "#app/fields/answers.ts";
${importOfChoices(resource)}import type { ${one.pascal} } from "./${many.kebab}.server.ts";

/** What programs get of it. */
export const ${one.pascal}Answer = z
  .object({
    id: z.string(),
${joined(parts.map(({ field: { name }, parts }) => `    ${name}: ${parts.answer},`))}
    createdAt: time,
    createdBy: z
      .object({ id: z.string(), name: z.string() })
      .nullable()
      .describe("A person or a key; null: the person's account is gone."),
  })
  .meta({ id: "${one.pascal}" });

export const ${one.pascal}ListAnswer = pageAnswer(${one.pascal}Answer).meta({ id: "${one.pascal}List" });

export function ${one.camel}Answer(row: ${one.pascal}) {
  return { id: row.id, ${given.join(", ")}, createdAt: asTime(row.createdAt), createdBy: row.createdBy };
}
`;
}

/** The resource's rows of the API's table. */
export function apiRows({ many, one, fields }: Resource): string {
  const hasImages = fields.some(isImage);
  const called = many.words.toLowerCase();
  const change = (method: string, id: string, operation: string, says: string) => `  changes({
    method: "${method}",
    path: one,
    id: "${many.kebab}.${id}",
    says: "${says}",
    operation: ${operation},
  }),`;
  return `import { Created } from "#app/fields/answers.ts";
import { type ApiRow, changes, makes, reads${some(hasImages, ", streams")} } from "#app/operation/api-row.server.ts";
${some(hasImages, 'import { pictureAnswer } from "#app/pictures/picture-answer.ts";\n')}import { ${one.pascal}Answer, ${one.pascal}ListAnswer, ${one.camel}Answer } from "./answers.ts";
import { browse${many.pascal}, delete${one.pascal}, edit${one.pascal}, make${one.pascal}, ${some(hasImages, `open${one.pascal}Picture, `)}show${one.pascal} } from "./operations.server.ts";

const all = "/organizations/{organization}/${many.kebab}";
const one = \`\${all}/{${one.camel}}\`;

/** Its rows of the API. A row with \`tool\`, a sentence for agents, is also a tool for them. */
export const ${many.camel}Rows: readonly ApiRow[] = [
  reads({
    path: all,
    id: "${many.kebab}.list",
    says: "Lists the ${called}, newest first.",
    operation: browse${many.pascal},
    answers: ${one.pascal}ListAnswer,
    gives: ({ data, next }) => ({ data: data.map(${one.camel}Answer), next }),
  }),
  reads({
    path: one,
    id: "${many.kebab}.get",
    says: "Shows one of the ${called}.",
    operation: show${one.pascal},
    answers: ${one.pascal}Answer,
    gives: ({ ${one.camel} }) => ${one.camel}Answer(${one.camel}),
  }),
${some(
  hasImages,
  `  streams({
    path: \`\${one}/pictures/{${one.camel}Picture}\`,
    id: "${many.kebab}.picture",
    says: "Streams a picture of one of the ${called}, as WebP.",
    operation: open${one.pascal}Picture,
    gives: pictureAnswer,
  }),
`,
)}  makes({
    path: all,
    id: "${many.kebab}.create",
    says: "Adds one to the ${called}.",
    operation: make${one.pascal},
    answers: Created,
    gives: ({ id }) => ({ id }),
  }),
${change("PUT", "update", `edit${one.pascal}`, `Changes one of the ${called}. What is left out is emptied${some(hasImages, ", except pictures")}.`)}
${change("DELETE", "delete", `delete${one.pascal}`, `Deletes one of the ${called}.`)}
];
`;
}

/** The body of a program's request that creates a row, as code. It is a form if a picture is required. */
export function bodyOf(parts: Part[]): string {
  const required = parts.filter(({ field }) => isImage(field) && field.isRequired);
  if (required.length === 0) return jsonOf(parts);
  const texts = parts
    .filter(({ field }) => !isImage(field) && !isLeftOut(field))
    .map(({ field, parts }) => `${field.name}: "${parts.example.sent}"`);
  return `{ ${[...texts, ...required.map(({ field }) => `${field.name}: "@picture"`)].join(", ")} }`;
}

/** The same body in JSON, which cannot contain a picture. */
export function jsonOf(parts: Part[]): string {
  return jsonWith(parts, ({ parts }) => parts.example.json);
}

/** The body of a request that changes a row of the tests. It has another title, so that there is a change to log, and no value that is taken. */
export function changeOf(parts: Part[], title: Field): string {
  return jsonWith(parts, ({ field, parts }) =>
    field === title || isUnique(field) ? JSON.stringify(exampleOf(field, "Other")) : parts.example.json,
  );
}

function jsonWith(parts: Part[], jsonFor: (part: Part) => string): string {
  const values = parts.filter(({ field }) => !isImage(field));
  return `{ ${values.map((part) => `${part.field.name}: ${jsonFor(part)}`).join(", ")} }`;
}
