import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { takesNothing } from "./flags.ts";
import { ROOT, runTool } from "./tools.ts";

const OUTPUT = "build/server/wrangler.json";
const SOURCES = [
  "app",
  "workers",
  "public",
  "scripts",
  "package-lock.json",
  "vite.config.ts",
  "wrangler.toml",
  "react-router.config.ts",
];

/** Builds the Worker and the browser's files unless the build is newer than every source. Rejects if the build fails. */
export async function build(): Promise<void> {
  const built = await changedAt(OUTPUT);
  const sources = await Promise.all(SOURCES.map(newestIn));
  if (built < Math.max(...sources)) await buildAnew();
}

function buildAnew(): Promise<unknown> {
  // The first warning is printed before vite.config.ts is read.
  const env = { NODE_OPTIONS: "--import=./scripts/known-warnings.ts" };
  return runTool(["react-router", "build"], { isShown: true, env });
}

async function newestIn(name: string): Promise<number> {
  const inside = await readdir(path.join(ROOT, name), { recursive: true }).catch(() => []);
  const own = inside.filter((file) => !file.startsWith(path.join("i18n", "paraglide")));
  return Math.max(await changedAt(name), ...(await Promise.all(own.map((file) => changedAt(path.join(name, file))))));
}

async function changedAt(name: string): Promise<number> {
  const found = await stat(path.join(ROOT, name)).catch(() => null);
  return found?.mtimeMs ?? 0;
}

if (import.meta.main) {
  takesNothing("npm run build   builds the Worker and the browser's files into build/");
  await buildAnew();
}
