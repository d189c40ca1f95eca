import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { compile } from "@inlang/paraglide-js";
import { compilerOptions, findCatalogFaults, readCatalogs } from "#app/i18n/catalogs.ts";

const MESSAGES = "app/i18n/messages";
const MADE_FROM = [MESSAGES, compilerOptions.project, "app/i18n/catalogs.ts", "app/product.ts", "package-lock.json"];

if (
  Math.min(...(await timesIn(compilerOptions.outdir))) < Math.max(...(await Promise.all(MADE_FROM.map(timesIn))).flat())
)
  await compile(compilerOptions);
const faults = findCatalogFaults(await readCatalogs(MESSAGES));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

/** When a file was changed, or each in a folder; the beginning of time where there is none. */
async function timesIn(name: string): Promise<number[]> {
  const names = await readdir(name, { recursive: true }).catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOTDIR" ? [""] : [],
  );
  const found = await Promise.all(names.map((each) => stat(path.join(name, each))));
  const times = found.filter((each) => each.isFile()).map(({ mtimeMs }) => mtimeMs);
  return times.length === 0 ? [0] : times;
}
