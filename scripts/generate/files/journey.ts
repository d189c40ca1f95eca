import { keyOf, neededOf } from "../kinds.ts";
import { type Field, foldedOf, type Resource } from "../spec.ts";
import {
  freshValue,
  isChoice,
  isImage,
  isPerson,
  isRow,
  isUnique,
  joined,
  neededBy,
  type Part,
  some,
} from "./parts.ts";

/** Makes the rows that a row of the tests needs, in the `place`. */
function needed(resource: Pick<Resource, "fields">, place: string): string {
  return joined(
    neededBy(resource).map(
      ({ table, many }) => `  const { ${table}: ${table}Id = "" } = await furnish${many.pascal}(${place});`,
    ),
  );
}

function givenBy(resource: Pick<Resource, "fields">): string[] {
  return neededBy(resource).map(({ table }) => `${neededOf(table)}: ${table}Id`);
}

/** Example values of the required fields, as code. */
function examples(parts: Part[], which: "sent" | "kept"): string {
  const isText = ({ kind }: Field) => ["line", "lines", "day", "clock", "choice"].includes(kind.name);
  return parts
    .filter(({ field }) => field.isRequired && !isPerson(field) && !isImage(field))
    .map(({ field, parts }) => {
      const value = parts.example[which];
      if (isRow(field)) return `${field.name}: ${parts.example.kept}`;
      if (isUnique(field)) return `${field.name}: ${freshValue(field)}`;
      return `${field.name}: ${which === "sent" || isText(field) ? `"${value}"` : value}`;
    })
    .join(", ");
}

/** Imports what makes rows for tests from the folders that `from` finds. */
export function importsOfFurnish(resource: Pick<Resource, "fields">, from: (folder: string) => string): string {
  return neededBy(resource)
    .map(({ many }) => `import { furnish as furnish${many.pascal} } from "${from(many.kebab)}";\n`)
    .join("");
}

export function testData({ many, one, table, fields }: Resource, parts: Part[]): string {
  const images = fields.filter(isImage);
  const picture = `${one.camel}Picture`;
  const kept = images.map(({ name }) => `, ${name}: ${picture}`).join("");
  const folded = fields
    .filter(isUnique)
    .map(({ name }) => `, ${foldedOf(name)}: crypto.randomUUID()`)
    .join("");
  const others = givenBy({ fields });
  return `import { ${table} } from "#app/db/schema/${many.kebab}.ts";
${importsOfFurnish({ fields }, (folder) => `#app/${folder}/feature.test-data.ts`)}import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const id = crypto.randomUUID();
${needed({ fields }, "db, { organizationId, userId }")}
${some(images.length > 0, `  const ${picture} = crypto.randomUUID();\n`)}  await db.insert(${table}).values({ id, organizationId, createdBy: userId, search: "", ${examples(parts, "kept")}${kept}${folded} });
  return { ${one.camel}: id${some(images.length > 0, `, ${picture}`)}${others.map((each) => `, ${each}`).join("")} };
};
`;
}

export function furnishing({ many, one, fields }: Resource, parts: Part[]): string {
  const images = fields.filter(isImage).map(({ name }) => `"${name}"`);
  const picture = `${one.camel}Picture`;
  return `${some(images.length > 0, 'import { withFiles } from "../access-rows.ts";\n')}${importsOfFurnish({ fields }, (folder) => `../${folder}/furnish.ts`)}import { ask } from "../requests.ts";

export async function furnish({ slug, cookie }: { slug: string; cookie: string | null }) {
  const list = \`/organizations/\${slug}/${many.kebab}\`;
${needed({ fields }, "{ slug, cookie }")}
  const body = ${images.length > 0 ? `withFiles({ ${examples(parts, "sent")} }, "owner", ${images.join(", ")})` : `new URLSearchParams({ ${examples(parts, "sent")} })`};
  await ask(\`\${list}/new\`, cookie, { method: "POST", body });
  const page = await (await ask(list, cookie)).text();
  return {
    ${one.camel}: /${many.kebab}\\/([\\w-]{36})\\/edit/.exec(page)?.[1] ?? "",
${some(images.length > 0, `    ${picture}: /${many.kebab}\\/[\\w-]{36}\\/([\\w-]{36})"/.exec(page)?.[1] ?? "",\n`)}${givenBy(
  { fields },
)
  .map((each) => `    ${each},\n`)
  .join("")}  };
}
`;
}

export function journey({ many, one, area, title, fields }: Resource, parts: Part[]): string {
  const others = neededBy({ fields });
  const fill = parts
    .filter(({ field }) => isImage(field) || (field.isRequired && !isPerson(field)))
    .map(({ field, parts }) => {
      const control = `page.getByLabel(say("${area}_${keyOf(field.name)}"), { exact: true })`;
      if (isImage(field)) return `  await ${control}.setInputFiles(picture);`;
      if (isRow(field)) return `  await ${control}.selectOption({ index: 1 });`;
      const value = field === title ? "name" : `"${parts.example.sent}"`;
      return isChoice(field) ? `  await ${control}.selectOption(${value});` : `  await ${control}.fill(${value});`;
    });
  const images = parts.filter(({ field }) => isImage(field));
  const shown = images.map(
    ({ field }) => `    await page.getByRole("img", { name: say("${area}_${keyOf(field.name)}") }).waitFor();`,
  );
  return `import { test } from "vitest";
import { ${one.camel}Fields } from "#app/${many.kebab}/${one.kebab}-fields.ts";
import { openBrowser } from "../browser.ts";
import { fromSomewhere, open } from "../journeys/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
${importsOfFurnish({ fields }, (folder) => `../${folder}/furnish.ts`)}${some(images.length > 0, 'import { aPixel } from "../pixel.ts";\n')}import { wordsOf } from "../words.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(\`a person adds, finds, changes, deletes and restores one\${javaScriptEnabled ? "" : " without JavaScript"}\`, async () => {
    const { people, organization${some(others.length > 0, ", cookies")} } = await aWorkplace();
${joined(others.map((other) => `    await furnish${other.many.pascal}({ slug: organization.slug, cookie: cookies.owner });`))}
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled, locale: "en" }));
    const { page, context } = visit;
    const say = wordsOf("en");
    await signIn(context, people.owner);
    const list = \`/organizations/\${organization.slug}/${many.kebab}\`;
    await (javaScriptEnabled ? open(page, list) : page.goto(list));
    const name = "A first";
${some(
  images.length > 0,
  `    const pixel = aPixel("picture");
    const picture = { name: pixel.name, mimeType: pixel.type, buffer: Buffer.from(await pixel.arrayBuffer()) };
`,
)}    await page.getByText(say("${area}_none_title")).waitFor();
    await page.getByRole("link", { name: say("${area}_new") }).click();
${joined(fill).replaceAll("  await", "    await")}
    await page.getByRole("button", { name: say("${area}_save") }).click();
    await page.getByRole("heading", { name }).waitFor();
${joined(shown)}

    await page.getByLabel(say("${area}_search")).fill("FIRST");
    await page.getByRole("button", { name: say("${area}_apply") }).click();
    await page.waitForURL((url) => url.searchParams.get("search") === "FIRST");
    await page.getByText(say("${area}_total", { total: 1 })).waitFor();
    await page.getByRole("link", { name: say("${area}_edit_one", { name }) }).click();
    for (const field of Object.keys(${one.camel}Fields()))
      await page.locator(\`[name="\${field}"]\`).first().waitFor({ state: "attached" });
    // The new name still matches: saving leads back to the list with this search.
    const other = "B first";
    await page.getByLabel(say("${area}_${keyOf(title.name)}"), { exact: true }).fill(other);
    await page.getByRole("button", { name: say("${area}_save") }).click();
    await page.getByRole("heading", { name: other }).waitFor();

    await page.getByRole("link", { name: say("${area}_remove_one", { name: other }) }).click();
    await page.getByRole("button", { name: say("${area}_remove"), exact: true }).click();
    await page.getByText(say("${area}_found_none", { search: "FIRST" })).waitFor();

    await page.getByText(say("${area}_was_removed", { name: other })).waitFor();
    await page.getByRole("button", { name: say("${area}_undo") }).click();
    await page.getByRole("heading", { name: other }).waitFor();
  });
}
`;
}
