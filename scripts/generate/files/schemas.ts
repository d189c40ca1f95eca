import { choicesOf } from "../kinds.ts";
import type { Resource } from "../spec.ts";
import { importOfChoices, isChoice, joined, type Part, type Written } from "./parts.ts";

export function choices({ fields }: Resource, path: string): Written[] {
  const lists = fields.filter(isChoice).map((field) => {
    const { kind } = field;
    const list = kind.name === "choice" ? kind.choices.map((each) => `"${each}"`).join(", ") : "";
    return `export const ${choicesOf(field)} = [${list}] as const;`;
  });
  return lists.length === 0 ? [] : [{ path, content: `${joined(lists)}\n` }];
}

export function schemas(resource: Resource, parts: Part[]): string {
  const { many, one, title } = resource;
  const readers = new Set(parts.map(({ parts }) => /^\w+/.exec(parts.schema)?.[0] ?? ""));
  return `import { z } from "zod";
import { Once } from "#app/fields/once.server.ts";
import { PageNumber } from "#app/fields/page-number.ts";
import { ${[...readers].sort().join(", ")} } from "#app/fields/values.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
${importOfChoices(resource)}
export const ${one.pascal}Id = z.uuid().brand<"${one.pascal}Id">();
export type ${one.pascal}Id = z.infer<typeof ${one.pascal}Id>;

const Sort = z.enum(["newest", "oldest", "${title.name}"]);
export type Sort = z.infer<typeof Sort>;

export const ${many.pascal}Page = InOrganization.extend({
  page: PageNumber,
  search: z.string().transform(nameOf).default(""),
  sort: Sort.default("newest"),
  /** What was deleted a moment ago, which the list offers to restore. */
  deleted: ${one.pascal}Id.optional().catch(undefined),
});

export const ${many.pascal}InPages = inPages("${many.kebab}", {});

export const One${one.pascal} = InOrganization.extend({ ${one.camel}: ${one.pascal}Id });

const fields = {
${joined(parts.map(({ field, parts }) => `  ${field.name}: ${parts.schema},`))}
};

export const Add${one.pascal} = InOrganization.extend({ ...fields, once: Once });
export type Add${one.pascal} = z.infer<typeof Add${one.pascal}>;

export const Change${one.pascal} = One${one.pascal}.extend(fields);
export type Change${one.pascal} = z.infer<typeof Change${one.pascal}>;
`;
}
