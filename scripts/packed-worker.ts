import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { DevEnvironment, HotPayload, Plugin, TransformResult } from "vite";
import { openPack } from "./open-pack.ts";

/**
 * In development the Worker asks Vite for every import of every module, one after another: thousands of trips between two
 * processes. This answers the first question with all that the entry imports, as Vite has transformed it, and each dynamic
 * import with all that it adds. After a change the entry is asked for anew, and only what changed is transformed again.
 */
export function packedWorker(): Plugin {
  return {
    name: "packed-worker",
    // Before what loads the Worker as it configures the server.
    enforce: "pre",
    configureServer({ environments }) {
      if (environments.ssr !== undefined) packModules(environments.ssr);
    },
  };
}

type Module = { id: string; result: TransformResult; ids: Record<string, string> };

const CONTEXT =
  "__vite_ssr_exports__, __vite_ssr_import_meta__, __vite_ssr_import__, __vite_ssr_dynamic_import__, __vite_ssr_exportAll__, __vite_ssr_exportName__";

// In one piece it would say where the map of this file is.
const MAP = ["source", "MappingURL"].join("");

/** A late pack is for the modules of one opening, and a runner keeps what it has loaded. */
const lateUrl = /^packed:(\d+):/;

function packModules(environment: DevEnvironment) {
  const fetchOne = environment.fetchModule.bind(environment);
  let opening = 0;
  let held = new Set<string>();
  const answered = new Set<string>();

  // Within a pack no module takes a change by itself, and what was loaded late belongs to one opening.
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
    // Vite takes the entry for unchanged as soon as it is transformed itself, though something that it imports cannot be.
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

/** The module and all that it imports, other than dynamically; none of `without`. Rejects as the transforming of any does. */
async function collect(environment: DevEnvironment, entry: string, without = new Set<string>()): Promise<Module[]> {
  const { builtins } = environment.config.resolve;
  const isOutside = (specifier: string) =>
    /^(data|https?):/.test(specifier) ||
    builtins.some((each) => (typeof each === "string" ? each === specifier : each.test(specifier)));
  const seen = new Set(without);
  const modules: Module[] = [];

  async function idOf(url: string): Promise<string> {
    const { id } = await environment.moduleGraph.ensureEntryFromUrl(url);
    if (id === null) throw new Error(`Nothing is known of ${url}.`);
    return id;
  }

  async function take(url: string): Promise<string> {
    const id = await idOf(url);
    if (seen.has(id)) return id;
    seen.add(id);
    const result = await environment.transformRequest(url);
    if (result === null) throw new Error(`Nothing became of ${url}.`);
    const imported = (specifiers: string[] | undefined, answer: (url: string) => Promise<string>) =>
      (specifiers ?? []).filter((each) => !isOutside(each)).map(async (each) => [each, await answer(unwrapped(each))]);
    const ids = await Promise.all([...imported(result.deps, take), ...imported(result.dynamicDeps, idOf)]);
    modules.push({ id, result, ids: Object.fromEntries(ids) });
    return id;
  }

  await take(entry);
  return modules;
}

/** A module whose id is no path has an address that begins with `/@id/`. */
function unwrapped(url: string): string {
  return url.startsWith("/@id/") ? url.slice("/@id/".length).replace("__x00__", "\0") : url;
}

/** The code of one module that is all of them, with a map to their sources. */
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
  // What is on its way when a change arrives is answered by the code from before; a package may be older still.
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
  // By the first of these the runner knows that the map is one to read traces by.
  add(`//# sourceMappingSource=vite-generated\n//# ${MAP}=data:application/json;base64,${inline}`);
  return lines.join("\n");
}

function mappedTo(source: number, { map }: TransformResult): SourceMapSegment[][] {
  const mappings = map !== null && "mappings" in map ? map.mappings : "";
  return decode(mappings).map((line) =>
    line.flatMap((segment) => (segment.length === 1 ? [] : [[segment[0], source, segment[2], segment[3]]])),
  );
}
