import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { compile } from "@inlang/paraglide-js";
import { compilerOptions, MESSAGES } from "./catalogs.ts";

const MADE_FROM = [MESSAGES, compilerOptions.project, "app/i18n/catalogs.ts", "app/product.ts", "package-lock.json"];

export async function compileMessages(): Promise<void> {
  const made = await timesIn(compilerOptions.outdir);
  const from = await Promise.all(MADE_FROM.map(timesIn));
  if (Math.min(...made) < Math.max(...from.flat())) await compile(compilerOptions);
}

async function timesIn(name: string): Promise<number[]> {
  const names = await readdir(name, { recursive: true }).catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOTDIR" ? [""] : [],
  );
  const found = await Promise.all(names.map((each) => stat(path.join(name, each))));
  const times = found.filter((each) => each.isFile()).map(({ mtimeMs }) => mtimeMs);
  return times.length === 0 ? [0] : times;
}
