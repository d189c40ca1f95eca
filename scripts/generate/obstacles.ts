import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { targetsOf } from "./files/parts.ts";
import { filesOf } from "./files.ts";
import { boundBy, clashIn } from "./names-in-code.ts";
import { capitalized, type Resource, type Target } from "./spec.ts";

/** Says in words why the resource cannot be added to this tree. Returns null if it can. */
export function obstacleTo(resource: Resource, root: string): string | null {
  return takenFile(resource, root) ?? takenWord(resource, root) ?? takenName(resource, root);
}

function takenFile({ many, area }: Resource, root: string): string | null {
  const taken = [
    `app/${many.kebab}`,
    `app/db/schema/${many.kebab}.ts`,
    `app/i18n/messages/${area}`,
    `app/routes/files/${many.kebab}.ts`,
    `e2e/${many.kebab}`,
    ...["ts", "tsx"].map((end) => `app/routes/organizations/${many.kebab}.${end}`),
  ].find((file) => existsSync(path.join(root, file)));
  if (taken === undefined) return null;
  // The command can take out only what was generated.
  const isGenerated = existsSync(path.join(root, `app/routes/organizations/${many.kebab}.restore.ts`));
  return `${taken} is there already. Choose another name${isGenerated ? ", or take that one out first: --remove" : ""}.`;
}

/** Reads the names of tables, addresses and API schemas from the files that define them. */
function takenWord({ many, one, hasApi }: Resource, root: string): string | null {
  const tables = wordsIn(root, "app/db/schema/*.ts", /sqliteTable\(\s*"(\w+)"/g);
  if (tables.has(one.snake)) return `There is a table “${one.snake}” already. ${other(one.kebab)}`;
  const made = wordsIn(root, "migrations/*.sql", /CREATE VIRTUAL TABLE `(\w+)`/g);
  if (made.has(one.snake)) return `There is a table “${one.snake}” already. ${other(one.kebab)}`;
  const parameters = wordsIn(root, "app/routes.ts", /:(\w+)/g);
  if (PARAMETERS.has(one.camel) || parameters.has(one.camel))
    return `“${one.kebab}” is a parameter of other addresses. ${other(one.kebab)}`;
  const beside = wordsIn(root, "app/routes.ts", /\("([\w-]+)(?:\/[^"]*)?", "routes\/organizations\//g);
  if (beside.has(many.kebab)) return `“${many.kebab}” is an address already. Choose another name.`;
  if (!hasApi) return null;
  const ids = new Set([...wordsIn(root, "app/**/*.ts", /\.meta\(\{ id: "(\w+)"/g), ...OF_THE_DOCUMENT]);
  const id = [one.pascal, `${one.pascal}List`].find((each) => ids.has(each));
  if (id === undefined) return null;
  return `The API has a schema “${id}” already. ${other(one.kebab)} Or leave its API out: --without api.`;
}

/** Checks names in code: the templates are filled with placeholder names, which show where the resource's names would clash. */
function takenName(resource: Resource, root: string): string | null {
  const { many, one, domain } = resource;
  const others = targetsOf(resource);
  const neutralOther = ({ many, ...to }: Target): Target => {
    const at = others.findIndex(({ table }) => table === to.table);
    return { ...to, many: { ...many, camel: `qqothers${at}x`, pascal: `Qqothers${at}x` }, table: `qqother${at}x` };
  };
  const renames: (readonly [string, string])[] = [
    ...others.flatMap((to) => {
      const { many, table } = neutralOther(to);
      return [
        [many.pascal, to.many.pascal],
        [many.camel, to.many.camel],
        [capitalized(table), capitalized(to.table)],
        [table, to.table],
      ] as const;
    }),
    ["Qqmanies", many.pascal],
    ["Qqsingle", one.pascal],
    ["qqmanies", many.camel],
    ["qqsingle", one.camel],
  ];
  const neutral = (name: "qqmanies" | "qqsingle") => ({
    ...{ kebab: name, camel: name, pascal: capitalized(name), snake: name, words: capitalized(name) },
  });
  const files = filesOf({
    ...resource,
    fields: resource.fields.map((field) =>
      field.kind.name === "row" ? { ...field, kind: { ...field.kind, to: neutralOther(field.kind.to) } } : field,
    ),
    many: neutral("qqmanies"),
    one: neutral("qqsingle"),
    table: "qqsingle",
    domain: "qqmanies",
    area: "qqmanies",
  });
  const renamed = (name: string) => renames.reduce((left, [from, to]) => left.replace(from, to), name);
  for (const { content } of files) {
    const clash = clashIn(content, renamed);
    if (clash !== null) return `“${clash}” has another meaning in the code of a resource. ${other(one.kebab)}`;
  }
  const listed = {
    "app/features.ts": domain,
    "app/features.view.ts": `${many.camel}View`,
    "app/features.server.ts": `${many.camel}OnServer`,
    "app/features.news.ts": `${many.camel}News`,
    "app/api.ts": `${many.camel}Rows`,
  };
  const file = Object.entries(listed).find(([file, name]) =>
    boundBy(readFileSync(path.join(root, file), "utf8")).has(name),
  );
  return file ? `“${file[1]}” has another meaning in ${file[0]}. Choose another name.` : null;
}

function other(one: string): string {
  return `Choose another name, or say what one is called: --one customer-${one}.`;
}

/** Returns the first group of each match of the pattern. */
function wordsIn(root: string, files: string, pattern: RegExp): Set<string> {
  const texts = globSync(files, { cwd: root }).map((file) => readFileSync(path.join(root, file), "utf8"));
  return new Set(texts.flatMap((text) => Array.from(text.matchAll(pattern), ([, word = ""]) => word)));
}

/** Schemas that the OpenAPI document defines itself. */
const OF_THE_DOCUMENT = ["Problem", "Event"];

const PARAMETERS = new Set(["organization", "image", "account", "provider", "person", "avatar", "logo", "picture"]);
