import type { Plugin } from "vite";

/**
 * The Worker imports the routes of a folder of `app/routes` when an address of one of them is first requested
 * (`./route-areas.ts`), not at its start. One import for each route would make the upload larger.
 */
export function routesWhenNeeded(): Plugin {
  const folders = new Map<string, string>();
  return {
    name: "routes-when-needed",
    applyToEnvironment: ({ name }) => name === "ssr",
    resolveId: { filter: { id: /^routes-of:/ }, handler: (id) => `\0${id}` },
    load: { filter: { id: /^\0routes-of:/ }, handler: (id) => folders.get(id.slice(1)) ?? null },
    transform: {
      filter: { id: /virtual:react-router\/server-build$/ },
      handler(code) {
        if (this.environment.mode === "dev") {
          const { moduleGraph } = this.environment;
          // A new route in app/routes.ts changes the numbers of the others.
          const known = [...folders.keys()].flatMap((folder) => moduleGraph.getModuleById(`\0${folder}`) ?? []);
          for (const module of known) moduleGraph.invalidateModule(module);
        }
        folders.clear();
        const changed = code.replaceAll(
          /^\s*import \* as (route\d+) from "(.+)";$/gm,
          (_, route: string, file: string) => {
            const folder = `routes-of:${/\/routes\/([\w-]+)/.exec(file)?.[1] ?? "root"}`;
            folders.set(folder, `${folders.get(folder) ?? ""}export * as ${route} from "${file}";\n`);
            return `const ${route} = () => import("${folder}").then((routes) => routes.${route});`;
          },
        );
        if (changed === code) this.error("React Router writes its build in another way now.");
        return { code: changed, map: null };
      },
    },
  };
}
