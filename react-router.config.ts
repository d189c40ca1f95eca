import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Config } from "@react-router/dev/config";

/** The browser's table of routes says of each what it has not, too, on every first visit; what is left out counts the same. */
async function shortenManifest({ reactRouterConfig: { buildDirectory } }: Parameters<BuildEnd>[0]) {
  const folder = path.join(buildDirectory, "client/assets");
  const [name, ...others] = (await readdir(folder)).filter((file) => /^manifest-.*\.js$/.test(file));
  if (name === undefined || others.length > 0) throw new Error(`${folder} does not hold one manifest.`);
  const file = path.join(folder, name);
  const [, text] = /^window\.__reactRouterManifest=(.*);$/s.exec(await readFile(file, "utf8")) ?? [];
  if (text === undefined) throw new Error(`${file} is written in another way now.`);
  const { routes, ...manifest } = JSON.parse(text);
  const short = JSON.parse(JSON.stringify(routes), (_, value: unknown) => (isSaid(value) ? value : undefined));
  await writeFile(file, `window.__reactRouterManifest=${JSON.stringify({ ...manifest, routes: short })};`);
}

type BuildEnd = NonNullable<Config["buildEnd"]>;

function isSaid(value: unknown): boolean {
  return value !== false && !(Array.isArray(value) && value.length === 0);
}

export default {
  ssr: true,
  // The table of routes is a small script that stays cached; asked for link by link it would be a request on every page.
  routeDiscovery: { mode: "initial" },
  // Every change has passed `isFromOwnPages` by then (workers/security-headers.ts), which knows APP_URL; the router's own check
  // knows the address of the request alone, and would refuse whoever comes through a proxy.
  allowedActionOrigins: ["**"],
  buildEnd: shortenManifest,
  future: {
    v8_middleware: true,
    v8_passThroughRequests: true,
    // A route is one script; said, or every start warns that it is not.
    v8_splitRouteModules: false,
    v8_trailingSlashAwareDataRequests: true,
    v8_viteEnvironmentApi: true,
  },
} satisfies Config;
