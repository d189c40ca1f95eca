import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { compile } from "@inlang/paraglide-js";
import { expect, test } from "vitest";
import { PRODUCT_NAME } from "../product.ts";
import { compilerOptions } from "./catalogs.ts";
import { compileCatalogs } from "./compile.ts";
import { baseLocale } from "./locale.ts";

const forms = (one: string, other: string) => [
  {
    declarations: ["input count", "local form = count: plural", "local shown = count: number"],
    selectors: ["form"],
    match: { "form=one": one, "form=other": other },
  },
];

const CATALOGS = {
  "near/en": {
    near_hello: "Hello {name}",
    near_count: forms("{shown} thing", "{shown} things"),
    near_only: "Only here",
  },
  "near/de": { near_hello: "Hallo {name}", near_count: forms("{shown} Ding", "{shown} Dinge") },
  // More rows than one insert writes.
  "far/en": Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`far_text_${at}`, `"${at}"\n\\ {a} \`b\``])),
  "far/de": { far_text_7: "Sieben", far_elsewhere: "In keiner anderen Sprache" },
};

test("the compiled messages are the same as those that Paraglide compiles by itself", async () => {
  await using folder = await catalogsIn(CATALOGS);
  await compileCatalogs(folder.catalogs, { locales: ["en", "de", "fr"], outdir: folder.at("ours") });
  await compileByItself(folder.at("whole.inlang"), folder.catalogs, folder.at("theirs"));
  const ours = await filesIn(folder.at("ours"));
  expect(Object.keys(ours)).toContain("messages/fr.js");
  expect(ours["messages/de.js"]).toContain("In keiner anderen Sprache");
  expect(ours).toEqual(await filesIn(folder.at("theirs")));
});

test("the product's name is compiled into the messages", async () => {
  await using folder = await catalogsIn({ "near/en": { near_hello: "Welcome to {product}" } });
  await compileCatalogs(folder.catalogs, { locales: ["en"], outdir: folder.at("ours") });
  const { "messages/en.js": english } = await filesIn(folder.at("ours"));
  expect(english).toContain(`Welcome to ${PRODUCT_NAME}`);
});

test("a catalog file that is not JSON is named in the error", async () => {
  await using folder = await catalogsIn({ "near/en": "{" });
  const compiled = compileCatalogs(folder.catalogs, { locales: ["en"], outdir: folder.at("ours") });
  await expect(compiled).rejects.toThrow(path.join("near", "en.json"));
});

async function catalogsIn(contents: Record<string, unknown>) {
  const folder = await mkdtemp(path.join(tmpdir(), "compiled-"));
  const at = (name: string) => path.join(folder, name);
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await writeFile(at(`${name}.json`), typeof content === "string" ? content : JSON.stringify(content));
  }
  const areas = new Set(Object.keys(contents).map((name) => path.dirname(name)));
  return {
    at,
    catalogs: [...areas].map((area) => at(`${area}/{locale}.json`)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function compileByItself(project: string, catalogs: string[], outdir: string) {
  await mkdir(project);
  const settings = {
    baseLocale,
    locales: ["en", "de", "fr"],
    modules: [path.resolve("node_modules/@inlang/plugin-message-format/dist/index.js")],
    "plugin.inlang.messageFormat": { pathPattern: catalogs },
  };
  await writeFile(path.join(project, "settings.json"), JSON.stringify(settings));
  await compile({ ...compilerOptions, cleanOutdir: false, project, outdir });
}

async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js"));
  const texts = names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}
