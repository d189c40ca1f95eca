import { choicesOf, keyOf, namesOfChoices } from "../kinds.ts";
import { type Resource, removedOf } from "../spec.ts";
import { importOfChoices, isChoice, isImage, joined, type Part, some, type Written } from "./parts.ts";

export function choices({ fields }: Resource, path: string): Written[] {
  const lists = fields.filter(isChoice).map((field) => {
    const { kind } = field;
    const list = kind.name === "choice" ? kind.choices.map((each) => `"${each}"`).join(", ") : "";
    return `export const ${choicesOf(field)} = [${list}] as const;`;
  });
  return lists.length === 0 ? [] : [{ path, content: `${joined(lists)}\n` }];
}

/** Apart from the form, so that the list does not load the form and its messages as well. */
export function choiceNames(resource: Resource, path: string): Written[] {
  const names = resource.fields.filter(isChoice).map((field) => {
    const each = field.kind.name === "choice" ? field.kind.choices : [];
    const lines = each.map(
      (choice) => `  "${choice}": () => m.${resource.area}_${keyOf(field.name)}_${choice.replaceAll("-", "_")}(),`,
    );
    return `export const ${namesOfChoices(field)}: Record<(typeof ${choicesOf(field)})[number], () => string> = {\n${joined(lines)}\n};\n`;
  });
  const imports = `import { m } from "#app/i18n/messages.ts";\n${importOfChoices(resource)}`;
  return names.length === 0 ? [] : [{ path, content: `${imports}\n${names.join("\n")}` }];
}

export function schemas(resource: Resource, parts: Part[]): string {
  const { many, one, title, hasApi } = resource;
  const images = parts.filter(({ field }) => isImage(field));
  const optional = images.filter(({ field }) => !field.isRequired);
  const readers = new Set(
    parts.filter(({ field }) => !isImage(field)).map(({ parts }) => /^\w+/.exec(parts.schema)?.[0] ?? ""),
  );
  if (optional.length > 0) readers.add("tick");
  const pictures = [...new Set(images.flatMap(({ parts }) => [parts.schema, "optionalPicture"]))].sort();
  const kept = optional.map(({ field: { name } }) => `  ${removedOf(name)}: tick,`);
  const sent = images
    .filter(({ field }) => field.isRequired)
    .map(
      ({ field: { name } }) => `  /** If no picture is sent, the current one stays. */\n  ${name}: optionalPicture,`,
    );
  const changed = images.length === 0 ? "fields" : `{\n  ...fields,\n${joined([...sent, ...kept])}\n}`;
  return `import { z } from "zod";
import { Once } from "#app/fields/once.server.ts";
import { PageNumber } from "#app/fields/page-number.ts";
${some(images.length > 0, `import { ${pictures.join(", ")} } from "#app/fields/picture.ts";\n`)}import { ${[...readers].sort().join(", ")} } from "#app/fields/values.ts";
${some(hasApi, 'import { inPages } from "#app/operation/pages.server.ts";\n')}import { InOrganization } from "#app/tenancy/slug.ts";
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
  /** The one that was deleted a moment ago, which the list offers to restore. */
  deleted: ${one.pascal}Id.optional().catch(undefined),
  /** The one that a notification or the log links to. The list then shows nothing else. */
  only: ${one.pascal}Id.optional().catch(undefined),
});

${some(hasApi, `export const ${many.pascal}InPages = inPages("${many.kebab}", {});\n\n`)}export const One${one.pascal} = InOrganization.extend({ ${one.camel}: ${one.pascal}Id });
${some(
  images.length > 0,
  `
export const One${one.pascal}Picture = One${one.pascal}.extend({ ${one.camel}Picture: z.uuid() });
`,
)}
const fields = {
${joined(parts.map(({ field, parts }) => `  ${field.name}: ${parts.schema},`))}
};

export const Add${one.pascal} = InOrganization.extend({ ...fields, once: Once });
export type Add${one.pascal} = z.infer<typeof Add${one.pascal}>;

export const Change${one.pascal} = One${one.pascal}.extend(${changed});
export type Change${one.pascal} = z.infer<typeof Change${one.pascal}>;
`;
}
