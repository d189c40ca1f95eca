import { execFile } from "node:child_process";
import { glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { removeEmptied } from "./remove-domain/emptied.ts";
import { without } from "./remove-domain/without.ts";
import { whatGoes } from "./remove-domain.ts";
import { ROOT } from "./tools.ts";

test("a list element that names removed code is removed; any other mention is an error with its file and line", () => {
  const gone = {
    root: "/tree",
    files: new Set(["/tree/app/gallery/limits.ts"]),
    words: new Set(["routes/gallery.ts"]),
  };
  const strip = (text: string) =>
    without("/tree/app/other/file.ts", `import { PAGE, A } from "#app/gallery/limits.ts";\n${text}`, gone);
  expect(strip("export const all = [1, PAGE, { a: [A] }, 2];\n").trim()).toBe("export const all = [1, 2];");
  expect(strip("export const all = { one, PAGE, two: [A] };\n").trim()).toBe("export const all = { one, };");
  expect(strip('route("a", [route("g", "routes/gallery.ts"), route("b", "b.ts")]);\n').trim()).toBe(
    'route("a", [ route("b", "b.ts")]);',
  );
  expect(
    strip("export const rows = [reads({ id: 1, gives: (found) => A(found), of: PAGE }), reads({ id: 2 })];\n").trim(),
  ).toBe("export const rows = [ reads({ id: 2 })];");
  expect(() => strip("test('it', () => {\n  expect(PAGE).toBe(1);\n});\n")).toThrow(
    "/tree/app/other/file.ts:3 names PAGE outside a list",
  );
});

test("a folder without its last file is removed, so that the tree has the same folders as a clone of it", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "app-emptied-"));
  try {
    for (const file of ["kept/a.ts", "kept/in/it/b.ts", "kept/in/it/c.ts"]) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), "");
    }
    const gone = ["kept/in/it/b.ts", "kept/in/it/c.ts"].map((file) => path.join(root, file));
    for (const file of gone) await rm(file);
    await removeEmptied(gone);
    expect(await readdir(root, { recursive: true })).toEqual(["kept", path.join("kept", "a.ts")]);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test("a wrong argument, or a domain that cannot be removed, gets a clear message and changes nothing", async () => {
  const tree = async () => (await promisify(execFile)("git", ["status", "--porcelain"], { cwd: ROOT })).stdout;
  const before = await tree();
  const said = async (...typed: string[]) => {
    const script = path.join(ROOT, "scripts/remove-domain.ts");
    const running = promisify(execFile)(process.execPath, [script, ...typed], { cwd: ROOT });
    return running.then(
      ({ stdout }) => stdout,
      ({ code, stderr }) => `${code} ${stderr}`,
    );
  };
  const [none, help, unknown, base, many] = await Promise.all([
    said(),
    said("--help"),
    said("galery"),
    said("dashboard"),
    said("gallery", "webhooks"),
  ]);
  expect(none).toMatch(/^1 Name a domain\./);
  expect(help).toContain("npm run generate -- resource notes --remove");
  expect(unknown).toBe("1 There is no domain “galery”: no app/galery/feature.ts.\n");
  expect(base).toMatch(/^1 \S+:\d+ names \S+ outside a list\. Remove it first\.\n$/);
  expect(many).toBe("1 “webhooks” is too much. Remove one domain at a time.\n");
  expect(await tree()).toBe(before);
});

test("a browser test that stays in a product without the gallery asks for no word or image of the gallery", async () => {
  const gone = await whatGoes("gallery", ROOT);
  const files = (await Array.fromAsync(glob("e2e/**/*.ts", { cwd: ROOT }))).filter(
    (file) => !gone.files.has(path.join(ROOT, file)),
  );
  const left = files.map(async (file) => {
    const text = without(path.join(ROOT, file), await readFile(path.join(ROOT, file), "utf8"), gone);
    return [...text.matchAll(/"gallery_\w+"|"\S*\/images\/:image\b\S*"/g)].map(([word]) => `${file} asks for ${word}`);
  });
  expect(files.length).toBeGreaterThan(50);
  expect((await Promise.all(left)).flat()).toEqual([]);
});

test("no sentence for programs and agents that stays in a product without the gallery names images", async () => {
  const gone = await whatGoes("gallery", ROOT);
  const file = path.join(ROOT, "app/api.ts");
  const left = without(file, await readFile(file, "utf8"), gone);
  const sentences = [...left.matchAll(/\b(?:says|tool): "([^"]+)"/g)].map(([, sentence]) => sentence);
  expect(sentences.length).toBeGreaterThan(20);
  expect(sentences.filter((sentence) => /\b(images?|gallery|storage)\b/i.test(sentence ?? ""))).toEqual([]);
});
