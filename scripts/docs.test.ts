import { existsSync } from "node:fs";
import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");
/** Decisions are not among them: they describe their own time and are not updated. */
const DOCUMENTS = ["*.md", "docs/*.md", "docs/guides/*.md"];

type TakenOut = { paths: string[]; names: string[]; commands: string[] };
/** What documents still mention of an example that was removed from this product (`scripts/remove-domain.ts`). */
const takenOut: TakenOut = existsSync(path.join(ROOT, "docs/taken-out.json"))
  ? JSON.parse(await readFile(path.join(ROOT, "docs/taken-out.json"), "utf8"))
  : { paths: [], names: [], commands: [] };

async function filesOf(patterns: string[]): Promise<string[]> {
  return (await Array.fromAsync(glob(patterns, { cwd: ROOT }))).sort();
}

const read = (file: string) => readFile(path.join(ROOT, file), "utf8");

/** Paths from the root that a text names. Patterns such as `app/<domain>/` are not paths. */
function pathsIn(text: string): string[] {
  const folders = "app|docs|e2e|migrations|public|scripts|workers";
  const named = text.matchAll(new RegExp(`(?<![\\w./#<>-])(?:${folders})/[^\\s\`"'()|,;:?]*`, "g"));
  return [...new Set([...named].map(([found]) => found.replace(/\.$/, "")))].filter(
    (found) => !/[<>*{}…[\]]/.test(found),
  );
}

/** Targets of links to files of the repository. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, address = ""]) => address);
}

/** Names of functions and types that the text sets in backticks. */
function namesIn(text: string): string[] {
  const code = [...text.matchAll(/`([A-Za-z]+[a-z][A-Z]\w*)(?=[`(<])/g)];
  return [...new Set(code.map(([, name = ""]) => name))];
}

test("every file and folder that a document names exists", async () => {
  const documents = await filesOf(DOCUMENTS);
  expect(documents.length).toBeGreaterThan(15);
  const missing = documents.map(async (document) => {
    const text = await read(document);
    const linked = linksIn(text).map((address) => path.join(path.dirname(document), address));
    return [...pathsIn(text), ...linked]
      .filter((found) => !existsSync(path.join(ROOT, found)) && !takenOut.paths.includes(found.replace(/\/$/, "")))
      .map((found) => `${document} names ${found}`);
  });
  expect((await Promise.all(missing)).flat()).toEqual([]);
});

/** Code blocks that begin with a comment naming their file. They show a piece of that file without omissions. */
function piecesIn(text: string): { file: string; lines: string[] }[] {
  return [...text.matchAll(/^ *```tsx?\n *\/\/ (\S+\.tsx?)\n([\s\S]*?)\n *```$/gm)].map(([, file = "", code = ""]) => ({
    file,
    lines: linesOf(code),
  }));
}

const linesOf = (code: string) => code.split("\n").map((line) => line.trim());

test("code that a document shows of a file stands in that file, word for word", async () => {
  const shown = (await filesOf(DOCUMENTS)).map(async (document) =>
    piecesIn(await read(document)).map((piece) => ({ ...piece, document })),
  );
  const pieces = (await Promise.all(shown)).flat();
  expect(pieces.length).toBeGreaterThan(3);
  const old = pieces.map(async ({ document, file, lines }) => {
    if (takenOut.paths.includes(file)) return [];
    const there = linesOf(await read(file)).join("\n");
    if (there.includes(lines.join("\n"))) return [];
    const first = lines.find((line) => !there.includes(line)) ?? lines[0];
    return [`${document} shows what ${file} does not have: ${first}`];
  });
  expect((await Promise.all(old)).flat()).toEqual([]);
});

test("every guide is linked from a document other than the README, which each product writes anew", async () => {
  const documents = (await filesOf(DOCUMENTS)).filter((document) => document !== "README.md");
  const linked = documents.map(async (document) =>
    linksIn(await read(document)).map((address) => path.join(path.dirname(document), address)),
  );
  const reached = new Set((await Promise.all(linked)).flat());
  expect(documents.filter((document) => document.startsWith("docs/guides/") && !reached.has(document))).toEqual([]);
});

test("every function that the architecture, the four steps and the guides name exists", async () => {
  const sources = await filesOf(["{app,e2e,scripts,workers}/**/*.{ts,tsx}", "*.config.ts"]);
  const words = new Set((await Promise.all(sources.map(read))).flatMap((text) => text.match(/\w+/g) ?? []));
  const documents = await filesOf(["AGENTS.md", "docs/architecture.md", "docs/four-steps.md", "docs/guides/*.md"]);
  const missing = documents.map(async (document) =>
    namesIn(await read(document))
      .filter((name) => !words.has(name) && !takenOut.names.includes(name))
      .map((name) => `${document} names ${name}`),
  );
  expect((await Promise.all(missing)).flat()).toEqual([]);
});

test("the search finds paths, links, code and names, and ignores placeholders, anchors and other sites", () => {
  expect(pathsIn("See `app/nowhere.ts` and [it](docs/none.md), not `app/<domain>/feature.ts` or #app/x.ts.")).toEqual([
    "app/nowhere.ts",
    "docs/none.md",
  ]);
  expect(linksIn("[a](../a.md) [b](https://b.test/) [c](#c)")).toEqual(["../a.md"]);
  expect(piecesIn("1. Do it.\n\n   ```ts\n   // app/a.ts\n   a();\n     b();\n   ```\n")).toEqual([
    { file: "app/a.ts", lines: ["a();", "b();"] },
  ]);
  expect(namesIn("`renameImage(grant, …)`, `Grant<…>`, `asSearch`")).toEqual(["renameImage", "asSearch"]);
});

test("documents name only npm commands that exist, and never run a script with the reader's own Node", async () => {
  const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
  const found = (await filesOf(DOCUMENTS)).map(async (document) => {
    const text = await read(document);
    const named = Array.from(text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g), ([, name = ""]) => name);
    const unknown = named
      .filter((name) => !Object.hasOwn(scripts, name) && !takenOut.commands.includes(name))
      .map((name) => `npm run ${name}`);
    return [...unknown, ...(text.match(/node scripts\/[\w-]+\.ts/g) ?? [])].map((each) => `${document}: ${each}`);
  });
  expect((await Promise.all(found)).flat()).toEqual([]);
});
