import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { without } from "./remove-domain/without.ts";
import { removeDomain } from "./remove-domain.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const NOT_COPIED = new Set([".git", ".react-router", ".wrangler", "build", "node_modules"]);
const LIMIT_MS = 1_800_000;

async function aCopy() {
  const root = await mkdtemp(path.join(tmpdir(), "app-without-"));
  for (const name of await readdir(ROOT)) {
    if (!NOT_COPIED.has(name)) await cp(path.join(ROOT, name), path.join(root, name), { recursive: true });
  }
  await symlink(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** What a tool of the copy says; its own words when it fails. */
async function run(root: string, script: string, ...args: string[]): Promise<string> {
  const { VITEST: _, ...env } = process.env;
  const running = promisify(execFile)(process.execPath, [path.join("node_modules", script), ...args], {
    cwd: root,
    env,
  });
  const { stdout } = await running.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${script} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

test("the gallery is taken out as the guide says, and what is left compiles, is clean, and keeps its tests", {
  timeout: LIMIT_MS,
}, async () => {
  await using copy = await aCopy();
  const { root } = copy;
  await removeDomain("gallery", root);
  await run(root, "@react-router/dev/bin.js", "typegen");
  await Promise.all([
    run(root, "typescript-native/bin/tsc"),
    run(root, "@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
    run(root, "knip/bin/knip.js"),
  ]);
  const kept = ["app/rooms.test.ts", "app/routes.test.ts", "app/i18n/messages.test.ts"];
  await run(root, "vitest/vitest.mjs", "run", "--project", "node", ...kept);
  const migrations = (await readdir(path.join(root, "migrations"))).filter((name) => name.endsWith(".sql"));
  expect(await readFile(path.join(root, "migrations", migrations.sort().at(-1) ?? ""), "utf8")).toContain(
    "DROP TABLE `image`",
  );
});

test("an element of a list goes with what it names; what names it anywhere else is told with its place", () => {
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
    "/tree/app/other/file.ts:3 names PAGE, and is no list",
  );
});
