// `openPack` runs in the Worker, as text, so it must not use anything from outside the function.

type Exports = Record<string, unknown>;

/** What Vite's module runner passes to a module, under the names in the module's code. */
type Context = {
  __vite_ssr_exports__: Exports;
  __vite_ssr_import_meta__: ImportMeta;
  __vite_ssr_import__: (specifier: string, more?: unknown) => Promise<Exports>;
  __vite_ssr_dynamic_import__: (specifier: string) => Promise<Exports>;
  __vite_ssr_exportAll__: (from: Exports) => void;
  __vite_ssr_exportName__: (name: string, read: () => unknown) => void;
};

/** Modules by id: the code, and the ids of its imports by the specifiers in the code. */
type Pack = Record<string, [evaluate: (...context: unknown[]) => Promise<void>, ids: Record<string, string>]>;

type Modules = Map<string, { exports: Exports; evaluated: Promise<Exports> }>;

type Opened = {
  modules: Modules;
  /** Adds modules, then evaluates the module `id` and its imports, each once. Resolves with its exports. */
  load: (more: Pack, id: string) => Promise<Exports>;
};

/**
 * `runner` is the context of the entry, which loads what is in no pack. `lateUrl` begins the URL of a late pack. Packages do not
 * change, so the packages that the previous opening has evaluated are kept.
 */
export function openPack(entry: string, lateUrl: string, runner: Context, before?: Opened): Opened {
  const pack: Pack = {};
  const isPackage = (id: string) => id.includes("/node_modules/");
  const modules: Modules = new Map([...(before?.modules ?? [])].filter(([id]) => isPackage(id)));
  const late = new Map<string, Exports>();

  function load(id: string, importers: string[]): Promise<Exports> {
    const module = modules.get(id) ?? begin(id, importers);
    // Otherwise modules that import each other would wait for each other.
    return importers.includes(id) ? Promise.resolve(module.exports) : module.evaluated;
  }

  function begin(id: string, importers: string[]) {
    const exports: Exports = Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
    const module = { exports, evaluated: Promise.resolve(exports) };
    modules.set(id, module);
    module.evaluated = evaluate(id, exports, [...importers, id]).then(
      () => exports,
      (error) => {
        modules.delete(id);
        throw error;
      },
    );
    return module;
  }

  async function evaluate(id: string, exports: Exports, importers: string[]) {
    const [run, ids] = pack[id] ?? [];
    if (run === undefined || ids === undefined) throw new Error(`The pack does not contain ${id}.`);
    const define = (name: string, get: () => unknown) =>
      Object.defineProperty(exports, name, { enumerable: true, configurable: true, get });
    const meta = runner.__vite_ssr_import_meta__;
    await run(
      exports,
      id === entry
        ? meta
        : { ...meta, url: `file://${id}`, filename: id, dirname: id.replace(/\/[^/]*$/, ""), hot: undefined },
      (specifier: string, more: unknown) => {
        const found = ids[specifier];
        return found === undefined ? runner.__vite_ssr_import__(specifier, more) : load(found, importers);
      },
      async (specifier: string) => {
        const found = ids[specifier];
        if (found === undefined) return runner.__vite_ssr_dynamic_import__(specifier);
        const exported = late.get(found) ?? (await runner.__vite_ssr_dynamic_import__(lateUrl + found));
        late.set(found, exported);
        return exported;
      },
      (from: Exports) => {
        for (const name of Object.keys(from)) {
          if (name !== "default" && !(name in exports)) define(name, () => from[name]);
        }
      },
      define,
    );
  }

  return {
    modules,
    load(more, id) {
      Object.assign(pack, { ...more, ...pack });
      return load(id, []);
    },
  };
}
