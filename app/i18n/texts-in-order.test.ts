import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { compilerOptions, languageTags } from "./catalogs.ts";
import { compileMessages } from "./compile.ts";
import { textsInOrder, textsOf } from "./texts-in-order.ts";

type Said = Record<string, (inputs: object) => string>;
type Listed = (string | Said[string])[];

const inputs = { count: 2, maximum: 1, minimum: 5, minutes: 3, days: 21, name: "Ada", email: "ada@person.test" };

test("the packed texts of every language are the same as the compiled ones", async () => {
  await compileMessages();
  const outdir = path.resolve(compilerOptions.outdir);
  const registry = await import(path.join(outdir, "registry.js"));
  const read = async (tag: string) => textsOf(await readFile(path.join(outdir, `messages/${tag}.js`), "utf8"));
  const names = [...(await read("en")).keys()].sort();
  const listed = async (tag: string, alike?: string, base?: Listed): Promise<Listed> => {
    const code = textsInOrder(names, await read(tag), alike === undefined ? undefined : await read(alike));
    return new Function("registry", "base", code.replace("export default", "return"))(registry, base);
  };
  for (const tag of languageTags) {
    const whole: Said = await import(path.join(outdir, `messages/${tag}.js`));
    const alike = languageTags.find((other) => tag.startsWith(`${other}-`));
    const texts = await listed(tag, alike, alike === undefined ? undefined : await listed(alike));
    const said = texts.map((text) => (typeof text === "string" ? text : text(inputs)));
    expect(said, tag).toEqual(names.map((name) => whole[name]?.(inputs)));
    expect(texts.filter((text) => typeof text === "string").length).toBeGreaterThan(names.length / 2);
  }
});

test("packing a language that lacks a text fails", () => {
  const texts = textsOf("export const here = /** @type {() => string} */ () => {\n\treturn (`Here`)\n};\n");
  expect(textsInOrder(["here"], texts)).toBe("export default [`Here`];");
  expect(() => textsInOrder(["gone", "here"], texts)).toThrow("Not compiled: gone");
});

test("a regional language is packed with only the texts that differ from its main language", () => {
  const french = textsOf(
    "export const a = () => {\n\treturn (`Saisir`)\n};\n\nexport const b = () => {\n\treturn (`Nom`)\n};\n",
  );
  const belgian = textsOf(
    "export const b = () => {\n\treturn (`Nom`)\n};\n\nexport const a = () => {\n\treturn (`Introduire`)\n};\n",
  );
  expect(textsInOrder(["a", "b"], belgian, french)).toBe("export default Object.assign([...base], {0: `Introduire`});");
});
