import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { compileCatalogs } from "./compile.ts";
import { recompile } from "./recompile.ts";
import { textsInOrder, textsOf } from "./texts-in-order.ts";

test("recompiling a changed text gives the same result as compiling everything", async () => {
  await using project = await compiledProject();
  await project.change("near", "de", { near_hello: "Guten Tag" });
  expect(await project.moduleOf("de")).toContain("Guten Tag");
  expect(await project.modules()).toEqual(await project.compiledWhole());
});

test("a text that changes in one language leaves the modules of the others unwritten", async () => {
  await using project = await compiledProject();
  await project.age();
  await project.change("near", "de", { near_hello: "Guten Tag", near_count: "{count} Dinge" });
  expect([await project.isOld("de"), await project.isOld("en")]).toEqual([false, true]);
});

test("a message that is added, removed or gets other inputs is recompiled in every language", async () => {
  await using project = await compiledProject();
  const steps: [locale: string, near: Record<string, unknown>][] = [
    ["en", { near_hello: "Hello", near_count: "{count} things", near_new: "New", near_shared: "Shared" }],
    ["de", { near_hello: "Hallo", near_count: "{count} Dinge", near_new: "Neu" }],
    ["en", { near_hello: "Hello {name}", near_count: counted }],
    ["de", { near_hello: "Hallo {name}", near_count: counted }],
  ];
  for (const [locale, near] of steps) {
    await project.change("near", locale, near);
    expect(await project.modules()).toEqual(await project.compiledWhole());
  }
});

test("a build packs texts that were changed in development", async () => {
  await using project = await compiledProject();
  await project.change("far", "en", { far_bye: "Goodbye {name}" });
  const texts = textsOf(await project.moduleOf("en"));
  const packed = textsInOrder([...texts.keys()].sort(), texts).replace("export default", "return");
  const [bye] = new Function("registry", packed)({});
  expect(bye({ name: "Ada" })).toBe("Goodbye Ada");
});

test("files that are changed at the same time are all recompiled", async () => {
  await using project = await compiledProject();
  const locales = ["en", "de", "fr", "it", "tr"];
  await Promise.all(
    locales.flatMap((locale) => [
      project.change("near", locale, { near_hello: `Hello ${locale}`, near_new: `New ${locale}` }),
      project.change("far", locale, { far_bye: `Bye ${locale}`, far_new: `New ${locale}` }),
    ]),
  );
  expect(await project.modules()).toEqual(await project.compiledWhole());
});

test("a file that is not JSON for a moment is named in the error, and the compiled messages stay", async () => {
  await using project = await compiledProject();
  const before = await project.modules();
  await expect(project.change("far", "de", '{ "far_bye": "Tsch')).rejects.toThrow(path.join("far", "de.json"));
  expect(await project.modules()).toEqual(before);
  await project.change("far", "de", { far_bye: "Tschau" });
  expect(await project.moduleOf("de")).toContain("Tschau");
});

const counted = [
  {
    declarations: ["input count", "local form = count: plural"],
    selectors: ["form"],
    match: { "form=one": "one thing", "form=*": "{count} things" },
  },
];

async function compiledProject() {
  const folder = await mkdtemp(path.join(tmpdir(), "recompiled-"));
  const messages = path.join(folder, "i18n/messages");
  const outdir = path.join(folder, "compiled");
  const write = async (area: string, locale: string, content: unknown) => {
    await mkdir(path.join(messages, area), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(path.join(messages, area, `${locale}.json`), text);
  };
  const compiledInto = async (target: string) => {
    await compileCatalogs([`${messages}/near/{locale}.json`, `${messages}/far/{locale}.json`], { outdir: target });
    return modulesIn(path.join(target, "messages"));
  };
  await write("near", "en", { near_hello: "Hello", near_count: "{count} things" });
  await write("near", "de", { near_hello: "Hallo", near_count: "{count} Dinge" });
  await write("far", "en", { far_bye: "Good\nbye" });
  await write("far", "de", { far_bye: "Tschüss" });
  await compiledInto(outdir);
  return {
    async change(area: string, locale: string, content: unknown) {
      await write(area, locale, content);
      await recompile(area, locale, { messages, outdir });
    },
    modules: () => modulesIn(path.join(outdir, "messages")),
    moduleOf: (locale: string) => readFile(path.join(outdir, "messages", `${locale}.js`), "utf8"),
    /** Makes all modules look as if they were written long ago. */
    age: async () => {
      for (const locale of ["en", "de"]) await utimes(path.join(outdir, "messages", `${locale}.js`), 1, 1);
    },
    isOld: async (locale: string) => (await stat(path.join(outdir, "messages", `${locale}.js`))).mtimeMs === 1_000,
    compiledWhole: () => compiledInto(path.join(folder, "whole")),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function modulesIn(folder: string): Promise<Record<string, string[]>> {
  const names = await readdir(folder);
  const lines = async (name: string) => (await readFile(path.join(folder, name), "utf8")).split("\n").filter(Boolean);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await lines(name)).sort()])));
}
