import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RouteConfigEntry } from "@react-router/dev/routes";
import ts from "typescript";
import { expect, test } from "vitest";
import { catalogParts, partOf } from "./i18n/catalog-parts.ts";
import routes from "./routes.ts";
import { type Import, importsOf, sourceFiles } from "./test/imports.ts";

test("every page loads the messages that it uses, by itself or in a layout around it", async () => {
  const missing = await Promise.all(pagesOf(routes).map(missingIn));
  expect(missing.flat()).toEqual([]);
  expect(missing.length).toBeGreaterThan(40);
});

test("a form announces the same message with and without scripts", async () => {
  const files = (await sourceFiles()).filter((file) => file.startsWith("routes/"));
  const said = await Promise.all(files.map(async (file) => [file, ...saidIn(await sourceOf(file))] as const));
  const forms = said.filter(([, message]) => message !== undefined);
  expect(forms.length).toBeGreaterThan(40);
  expect(forms.filter(([, message, says]) => message !== says)).toEqual([]);
});

function saidIn(text: string): [message: string | undefined, says: string | undefined] {
  const [, message] = /announce\w*\([^;]*=> m\.(\w+)\(/.exec(text) ?? [];
  const [, says] = /\bsays: "(\w+)"/.exec(text) ?? [];
  return [message, says];
}

test("no module reads a message while it loads, when the browser has none yet", async () => {
  const files = (await sourceFiles()).filter((file) => !file.endsWith(".server.ts"));
  const early = await Promise.all(files.map(async (file) => textsSaidAtOnce(file, await sourceOf(file))));
  expect(early.flat()).toEqual([]);
  expect(textsSaidAtOnce("a.ts", "const say = then(m.common_save);")).toEqual(["a.ts reads common_save too early"]);
  expect(textsSaidAtOnce("a.ts", "const say = then(() => m.common_save());")).toEqual([]);
});

function textsSaidAtOnce(file: string, text: string): string[] {
  const said: string[] = [];
  const look = (node: ts.Node) => {
    if (ts.isFunctionLike(node)) return;
    const isText = ts.isPropertyAccessExpression(node) && node.expression.getText() === "m";
    if (isText) said.push(`${file} reads ${node.name.text} too early`);
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return said;
}

/** The files of each page: the layouts around it, then its own. */
function pagesOf(entries: readonly RouteConfigEntry[], around: string[] = []): string[][] {
  return entries.flatMap(({ file, children = [] }) => [[...around, file], ...pagesOf(children, [...around, file])]);
}

async function missingIn(files: string[]): Promise<string[]> {
  const page = files.at(-1) ?? "";
  if (!/^export default\b/m.test(await sourceOf(page))) return [];
  const brought = await reachedFrom(files);
  const unsaid = await loadedWith(page, brought);
  const sources = (await Promise.all(files.map(sourceOf))).join("\n");
  const handed = Array.from(
    sources.matchAll(/^export const handle: SpeaksOf = \[(.*)\]/gm),
    ([, parts]) => parts,
  ).join();
  const unhanded = catalogParts.filter(
    (part) => brought.includes(`i18n/messages-of/${part}.ts`) && !handed.includes(`"${part}"`),
  );
  return [
    ...[...unsaid].map((key) => `${page} uses ${key}: import "#app/i18n/messages-of/${partOf(key)}.ts" in it`),
    ...unhanded.map((part) => `${page} imports messages-of/${part}.ts: export const handle: SpeaksOf = ["${part}"]`),
  ];
}

/** The messages that a module, its imports and later its lazy imports use, but that nothing before has loaded. */
async function loadedWith(file: string, before: readonly string[], seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const here = await reachedFrom([file]);
  const brought = [...before, ...here];
  const said = (await Promise.all(here.map(keysSaidIn))).flat().filter((key) => {
    const part = partOf(key);
    return part !== null && part !== "everybody" && !brought.includes(`i18n/messages-of/${part}.ts`);
  });
  const later = (await Promise.all(here.map(importsOf))).flat().filter((found) => found.isLazy && isCode(found));
  const more = await Promise.all(later.map(({ to }) => loadedWith(to, brought, seen)));
  return new Set([...said, ...more.flatMap((keys) => [...keys])]);
}

const isCode = ({ to, typesOnly }: Import) =>
  !typesOnly && /\.tsx?$/.test(to) && !/\.server\.ts$|\+types|^\.\.|paraglide/.test(to);

/** The files of `app/` that the browser loads together with these. Lazy imports are left out, since they may never load. */
async function reachedFrom(files: readonly string[], reached = new Set(files)): Promise<string[]> {
  const found = (await Promise.all(files.map(importsOf))).flat();
  const more = found
    .filter((each) => !each.isLazy && isCode(each))
    .map(({ to }) => to)
    .filter((to) => !reached.has(to));
  for (const file of more) reached.add(file);
  if (more.length > 0) await reachedFrom([...new Set(more)], reached);
  return [...reached];
}

async function keysSaidIn(file: string): Promise<string[]> {
  return [...(await sourceOf(file)).matchAll(/\bm\.(\w+)/g)].map(([, key = ""]) => key);
}

function sourceOf(file: string): Promise<string> {
  return readFile(path.join(import.meta.dirname, file), "utf8");
}
