import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilerOptions, MESSAGES, projectSettings } from "./catalogs.ts";

const MADE_FROM = [MESSAGES, "app/i18n/locale.ts", "app/i18n/catalogs.ts", "app/product.ts", "package-lock.json"];

const MADE_AT = ".made-at";

/** Compiles every area, unless nothing has changed since all of them or the changed ones (`recompile.ts`) were compiled. */
export async function compileMessages(): Promise<void> {
  const start = Date.now();
  const [made = 0] = await timesIn(path.join(compilerOptions.outdir, MADE_AT));
  const from = await Promise.all(MADE_FROM.map(timesIn));
  if (made >= Math.max(...from.flat())) return;
  const areas = await readdir(MESSAGES);
  await compileCatalogs(
    areas.map((area) => `${MESSAGES}/${area}/{locale}.json`),
    {},
  );
  await noteCompiled(compilerOptions.outdir, start);
}

/** `start`: in milliseconds; what changes after it is compiled the next time. */
export async function noteCompiled(outdir: string, start: number): Promise<void> {
  const file = path.join(outdir, MADE_AT);
  await writeFile(file, "");
  await utimes(file, start / 1000, start / 1000);
}

type Made = { locales?: string[] | undefined; outdir?: string };

/** `catalogs` as in `projectSettings`. */
export async function compileCatalogs(catalogs: string[], { locales, outdir }: Made): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "messages-"));
  try {
    const { compile } = await import("@inlang/paraglide-js");
    const project = path.join(folder, "whole.inlang");
    await mkdir(project);
    await writeFile(path.join(project, "settings.json"), projectSettings(catalogs, locales));
    await compile({ ...compilerOptions, project, outdir: outdir ?? compilerOptions.outdir });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timesIn(name: string): Promise<number[]> {
  const names = await readdir(name, { recursive: true }).catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOTDIR" ? [""] : [],
  );
  const found = await Promise.all(names.map((each) => stat(path.join(name, each))));
  const times = found.filter((each) => each.isFile()).map(({ mtimeMs }) => mtimeMs);
  return times.length === 0 ? [0] : times;
}
