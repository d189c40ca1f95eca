import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Config } from "@react-router/dev/config";

/**
 * Shortens the route manifest, which each first visit loads: drops `false` and empty arrays, which mean the same as missing values, and
 * what every page has loaded anyway. Sorted lists are more alike, so they compress better.
 */
async function shortenManifest({ reactRouterConfig: { buildDirectory } }: Parameters<BuildEnd>[0]) {
  const folder = path.join(buildDirectory, "client/assets");
  const [name, ...others] = (await readdir(folder)).filter((file) => /^manifest-.*\.js$/.test(file));
  if (name === undefined || others.length > 0) throw new Error(`${folder} does not hold one manifest.`);
  const file = path.join(folder, name);
  const [, text] = /^window\.__reactRouterManifest=(.*);$/s.exec(await readFile(file, "utf8")) ?? [];
  if (text === undefined) throw new Error(`${file} is written in another way now.`);
  const { routes, ...manifest } = JSON.parse(text);
  const own = (imports: string[]) => imports.filter((each) => !manifest.entry.imports.includes(each)).sort();
  const short = JSON.parse(JSON.stringify(routes), (key, value) => {
    const kept = key === "imports" ? own(value) : value;
    return isSaid(kept) ? kept : undefined;
  });
  await writeFile(file, `window.__reactRouterManifest=${JSON.stringify({ ...manifest, routes: short })};`);
}

type BuildEnd = NonNullable<Config["buildEnd"]>;

function isSaid(value: unknown): boolean {
  return value !== false && !(Array.isArray(value) && value.length === 0);
}

export default {
  ssr: true,
  // The route manifest is a small script that stays cached. Discovering routes link by link would cost a request on every page.
  routeDiscovery: { mode: "initial" },
  // Every change has already passed `isFromOwnPages` (workers/security-headers.ts), which knows APP_URL. The router's own check
  // knows only the request's address and would refuse everyone behind a proxy.
  allowedActionOrigins: ["**"],
  buildEnd: shortenManifest,
  future: {
    v8_middleware: true,
    v8_passThroughRequests: true,
    // Each route is one script. If the flag is not set, every start warns about it.
    v8_splitRouteModules: false,
    v8_trailingSlashAwareDataRequests: true,
    v8_viteEnvironmentApi: true,
  },
} satisfies Config;
