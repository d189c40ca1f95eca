import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { DevEnvironment, HotPayload, Plugin, TransformResult } from "vite";
import { openPack } from "./open-pack.ts";

/**
 * In development, the Worker requests every import of every module from Vite, one after another: thousands of round trips
 * between two processes. This plugin returns everything that the entry imports, transformed by Vite, with the first request,
 * and what a dynamic import adds with that import. After a change, the entry is requested again; only changes are transformed.
 */
export function packedWorker(): Plugin {
  return {
    name: "packed-worker",
    // Before the plugin that loads the Worker while it configures the server.
    enforce: "pre",
    configureServer({ environments }) {
      if (environments.ssr !== undefined) packModules(environments.ssr);
    },
  };
}

type Module = { id: string; result: TransformResult; ids: Record<string, string> };

const CONTEXT =
  "__vite_ssr_exports__, __vite_ssr_import_meta__, __vite_ssr_import__, __vite_ssr_dynamic_import__, __vite_ssr_exportAll__, __vite_ssr_exportName__";

// Written in one piece, it would point to a source map of this file.
const MAP = ["source", "MappingURL"].join("");

/** The URL contains the number of the opening, since a late pack belongs to one opening and a runner keeps what it has loaded. */
const lateUrl = /^packed:(\d+):/;

function packModules(environment: DevEnvironment) {
  const fetchOne = environment.fetchModule.bind(environment);
  let opening = 0;
  let held = new Set<string>();
  const answered = new Set<string>();

  // Within a pack, no module can accept a change by itself, and late packs belong to one opening: reload everything.
  const send: (...sent: unknown[]) => void = environment.hot.send.bind(environment.hot);
  environment.hot.send = (...sent: [payload: HotPayload] | [event: string, data?: unknown]) => {
    const [payload] = sent;
    if (typeof payload !== "string" && payload.type === "update") send({ type: "full-reload" });
    else send(...sent);
  };

  environment.fetchModule = async (url, importer, options) => {
    const [prefix, number] = lateUrl.exec(url) ?? [];
    if (prefix !== undefined) {
      if (options?.cached) return { cache: true };
      const id = url.slice(prefix.length);
      const modules = await collect(environment, id, Number(number) === opening ? held : new Set());
      return { code: packed(modules, id, Number(number)), file: id, id: url, url, invalidate: true };
    }
    // Vite considers the entry unchanged as soon as it is transformed itself, even if one of its imports cannot be transformed.
    const answer = await fetchOne(url, importer, { ...options, cached: options?.cached === true && answered.has(url) });
    if (!("code" in answer)) return answer;
    answered.delete(url);
    const modules = await collect(environment, answer.id);
    answered.add(url);
    if (modules.length === 1) return answer;
    opening += 1;
    held = new Set(modules.map(({ id }) => id));
    const open = `(${openPack})(${JSON.stringify(answer.id)}, "packed:${opening}:", { ${CONTEXT} }, packs.get(${opening - 1}))`;
    return { ...answer, code: packed(modules, answer.id, opening, open) };
  };
}

/** The module and everything that it imports statically, except `without`. Rejects if one of them cannot be transformed. */
async function collect(environment: DevEnvironment, entry: string, without = new Set<string>()): Promise<Module[]> {
  const { builtins } = environment.config.resolve;
  const isOutside = (specifier: string) =>
    /^(data|https?):/.test(specifier) ||
    builtins.some((each) => (typeof each === "string" ? each === specifier : each.test(specifier)));
  const seen = new Set(without);
  const modules: Module[] = [];

  async function idOf(url: string): Promise<string> {
    const { id } = await environment.moduleGraph.ensureEntryFromUrl(url);
    if (id === null) throw new Error(`The module of ${url} has no id.`);
    return id;
  }

  async function take(url: string): Promise<string> {
    const id = await idOf(url);
    if (seen.has(id)) return id;
    seen.add(id);
    const result = await environment.transformRequest(url);
    if (result === null) throw new Error(`${url} could not be transformed.`);
    const imported = (specifiers: string[] | undefined, answer: (url: string) => Promise<string>) =>
      (specifiers ?? []).filter((each) => !isOutside(each)).map(async (each) => [each, await answer(unwrapped(each))]);
    const ids = await Promise.all([...imported(result.deps, take), ...imported(result.dynamicDeps, idOf)]);
    modules.push({ id, result, ids: Object.fromEntries(ids) });
    return id;
  }

  await take(entry);
  return modules;
}

/** The URL of a module whose id is not a path begins with `/@id/`. */
function unwrapped(url: string): string {
  return url.startsWith("/@id/") ? url.slice("/@id/".length).replace("__x00__", "\0") : url;
}

/** The code of one module that contains all of them, with a source map to their sources. */
function packed(modules: Module[], entry: string, opening: number, open?: string): string {
  const sources: string[] = [];
  const mappings: SourceMapSegment[][] = [];
  const lines: string[] = [];
  const add = (text: string, mapped: SourceMapSegment[][] = []) => {
    const added = text.split("\n");
    lines.push(...added);
    mappings.push(...added.map((_, line) => mapped[line] ?? []));
  };
  add("const packs = (globalThis.__packs__ ??= new Map());");
  // The previous opening is kept for imports that are on their way during a change. Evaluated packages can be older.
  if (open !== undefined) add(`packs.delete(${opening - 2}); packs.set(${opening}, ${open});`);
  add(`const opened = packs.get(${opening}) ?? [...packs.values()].at(-1);`);
  add("const exported = await opened.load({");
  for (const { id, result, ids } of modules) {
    const source = sources.push(id.replace(/\?.*$/s, "")) - 1;
    add(`${JSON.stringify(id)}: [async (${CONTEXT}) => {`);
    const code = result.code.replace(/\n\/\/# sourceURL=.*$/s, "");
    add(code, id.includes("/node_modules/") ? [] : mappedTo(source, result));
    add(`}, ${JSON.stringify(ids)}],`);
  }
  add(`}, ${JSON.stringify(entry)});`);
  add("for (const name of Object.keys(exported)) __vite_ssr_exportName__(name, () => exported[name]);");
  const map = { version: 3, sources, names: [], mappings: encode(mappings) };
  const inline = Buffer.from(JSON.stringify(map)).toString("base64");
  // The first of these comments makes the runner use the map for stack traces.
  add(`//# sourceMappingSource=vite-generated\n//# ${MAP}=data:application/json;base64,${inline}`);
  return lines.join("\n");
}

function mappedTo(source: number, { map }: TransformResult): SourceMapSegment[][] {
  const mappings = map !== null && "mappings" in map ? map.mappings : "";
  return decode(mappings).map((line) =>
    line.flatMap((segment) => (segment.length === 1 ? [] : [[segment[0], source, segment[2], segment[3]]])),
  );
}
