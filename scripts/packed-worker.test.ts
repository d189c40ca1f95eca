import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { decode } from "@jridgewell/sourcemap-codec";
import { createServer, isRunnableDevEnvironment } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { packedWorker } from "./packed-worker.ts";

/** A Vite server for these files, one of which is `entry.ts`. `asked` records the URLs that its runner requests. */
async function serve(files: Record<string, string>) {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "app-packed-")));
  const write = async (name: string, code: string) => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), code);
  };
  await Promise.all(Object.entries(files).map(([name, code]) => write(name, code)));
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "silent",
    plugins: [packedWorker()],
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  onTestFinished(async () => {
    await server.close();
    await rm(root, { recursive: true });
  });
  const { ssr } = server.environments;
  if (ssr === undefined || !isRunnableDevEnvironment(ssr)) throw new Error("The environment cannot be run in Node.");
  const asked: string[] = [];
  const fetchModule = ssr.fetchModule;
  ssr.fetchModule = (url, ...more) => {
    asked.push(url);
    return fetchModule(url, ...more);
  };
  return {
    root,
    asked,
    fetchModule: ssr.fetchModule,
    load: () => ssr.runner.import("/entry.ts"),
    tell: (event: string, data: unknown) => ssr.hot.send(event, data),
    /** How often the entry was requested. */
    taken: () => asked.filter((url) => url === "/entry.ts").length,
    /** Saves a file, then clears the evaluated modules or, with `by`, sends a hot update to that module. */
    async change(name: string, code: string, { by = "" } = {}) {
      await write(name, code);
      ssr.moduleGraph.onFileChange(path.join(root, name));
      const update = { type: "js-update", path: by, acceptedPath: by, timestamp: Date.now() } as const;
      if (by === "") ssr.runner.evaluatedModules.clear();
      else ssr.hot.send({ type: "update", updates: [update] });
    },
  };
}

test("a module and all that it imports are fetched in one trip, and each is evaluated once", async () => {
  const { load, asked } = await serve({
    "entry.ts": `
      import { sep } from "node:path";
      import first, { count } from "./first.ts";
      import * as second from "./second.ts";
      import data from "./data.json";
      export * from "./second.ts";
      export { first as renamed, sep };
      export default [first, second.count(), count(), data.five];`,
    "first.ts": `export { count } from "./shared.ts"; export default "first";`,
    "second.ts": `export { count } from "./shared.ts"; export const own: number = 2; export default "not handed on";`,
    "shared.ts": `let counted = 0; export const count = () => (counted += 1);`,
    "data.json": `{ "five": 5 }`,
  });
  const exports = await load();
  expect(exports.default).toEqual(["first", 1, 2, 5]);
  expect(Object.keys(exports).sort()).toEqual(["count", "default", "own", "renamed", "sep"]);
  expect(exports).toMatchObject({ renamed: "first", own: 2, sep: path.sep });
  expect(asked).toEqual(["/entry.ts"]);
});

test("modules that import each other see each other", async () => {
  const { load } = await serve({
    "entry.ts": `export { ping } from "./ping.ts"; export { pong } from "./pong.ts";`,
    "ping.ts": `import { pong } from "./pong.ts"; export const ping = (n: number): string => (n === 0 ? "ping" : pong(n - 1));`,
    "pong.ts": `import { ping } from "./ping.ts"; export const pong = (n: number): string => (n === 0 ? "pong" : ping(n - 1));`,
  });
  expect((await load()).ping(3)).toBe("pong");
});

test("a dynamic import is fetched when it runs, and shares the modules that are already loaded", async () => {
  const { load, asked, root } = await serve({
    "entry.ts": `
      import { kept } from "./kept.ts";
      export { kept };
      export const later = () => Promise.all([import("./later.ts"), import("./too.ts"), import("./kept.ts")]);`,
    "kept.ts": `export const kept = { by: "all" };`,
    "later.ts": `export { kept } from "./kept.ts"; export { both } from "./both.ts";`,
    "too.ts": `export { both } from "./both.ts"; export default "too";`,
    "both.ts": `export const both = {};`,
  });
  const { kept, later } = await load();
  expect(asked).toEqual(["/entry.ts"]);
  const [first, second, third] = await later();
  expect(first.kept).toBe(kept);
  expect(third.kept).toBe(kept);
  expect(second).toMatchObject({ default: "too" });
  expect(second.both).toBe(first.both);
  await later();
  const late = ["later.ts", "too.ts", "kept.ts"].map((name) => `packed:1:${root}/${name}`);
  expect(asked.slice(1).sort()).toEqual(late.sort());
});

test("a changed module is there on the next load, also through a dynamic import", async () => {
  const { load, change } = await serve({
    "entry.ts": `export { said } from "./said.ts"; export const later = () => import("./later.ts");`,
    "said.ts": `export const said = "before";`,
    "later.ts": `export { said } from "./said.ts";`,
  });
  const before = await load();
  expect(before.said).toBe("before");
  expect(await before.later()).toMatchObject({ said: "before" });
  await change("said.ts", `export const said = "after";`);
  const after = await load();
  expect(after.said).toBe("after");
  expect(await after.later()).toMatchObject({ said: "after" });
  expect(await before.later(), "modules that were loaded before keep their values").toMatchObject({ said: "before" });
});

test("only the current load and the one before it are kept", async () => {
  const { load, change } = await serve({
    "entry.ts": `export { said } from "./said.ts";`,
    "said.ts": "export const said = 0;",
  });
  await load();
  for (const said of [1, 2, 3]) {
    await change("said.ts", `export const said = ${said};`);
    expect((await load()).said).toBe(said);
  }
  expect([...Reflect.get(globalThis, "__packs__").keys()]).toEqual([3, 4]);
});

test("a package is not evaluated again when other code changes", async () => {
  const { load, change } = await serve({
    "entry.ts": `export { kept } from "./node_modules/kept.ts"; export { own } from "./own.ts";`,
    "node_modules/kept.ts": "export const kept = {};",
    "own.ts": `export { kept as own } from "./node_modules/kept.ts";`,
  });
  const { kept } = await load();
  await change("own.ts", `import { kept } from "./node_modules/kept.ts"; export const own = [kept];`);
  const after = await load();
  expect(after.kept).toBe(kept);
  expect(after.own[0]).toBe(kept);
});

test("a change that a module accepts by itself reaches the modules that import it", async () => {
  const { load, change, taken } = await serve({
    "entry.ts": `export { said } from "./said.ts";`,
    "said.ts": `export const said = "before"; import.meta.hot?.accept();`,
  });
  expect((await load()).said).toBe("before");
  await change("said.ts", `export const said = "after"; import.meta.hot?.accept();`, { by: "/said.ts" });
  await expect.poll(taken).toBe(2);
  expect((await load()).said).toBe("after");
});

test("an event of a plugin's own arrives with its data", async () => {
  const { load, tell } = await serve({
    "entry.ts": `
      export { said } from "./said.ts";
      export const heard: unknown[] = [];
      import.meta.hot?.on("told", (data) => heard.push(data));`,
    "said.ts": "export const said = 1;",
  });
  const { heard } = await load();
  tell("told", { five: 5 });
  await expect.poll(() => heard).toEqual([{ five: 5 }]);
});

test("a module with a syntax error fails on each load until it is fixed", async () => {
  const files = { "entry.ts": `export { said } from "./said.ts";`, "said.ts": `export const said = 1;` };
  const { load, change } = await serve(files);
  expect((await load()).said).toBe(1);
  await change("said.ts", "export const said = ;");
  await expect(load()).rejects.toThrow("said.ts");
  await expect(load()).rejects.toThrow("said.ts");
  await change("said.ts", `export const said = 2;`);
  expect((await load()).said).toBe(2);
});

test("the source map leads from a line to its line in the source file", async () => {
  const { fetchModule, root } = await serve({
    "entry.ts": `export { fail } from "./fail.ts";`,
    "fail.ts": `type Unseen = {\n  by: string;\n};\n\nexport function fail(): Unseen {\n  throw new Error("here");\n}\n`,
  });
  const answer = await fetchModule("/entry.ts");
  const code = "code" in answer ? answer.code : "";
  const line = code.split("\n").findIndex((each) => each.includes('new Error("here")'));
  const { sources, mappings } = JSON.parse(atob(/base64,(.+)$/.exec(code)?.[1] ?? ""));
  const [, source, original] = decode(mappings)[line]?.[0] ?? [];
  expect([sources[source ?? -1], original]).toEqual([`${root}/fail.ts`, 5]);
});
