import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { compile } from "@inlang/paraglide-js";
import { compilerOptions, MESSAGES } from "./catalogs.ts";

const MADE_FROM = [MESSAGES, compilerOptions.project, "app/i18n/catalogs.ts", "app/product.ts", "package-lock.json"];

export async function compileMessages(): Promise<void> {
  const made = await timesIn(compilerOptions.outdir);
  const from = await Promise.all(MADE_FROM.map(timesIn));
  if (Math.min(...made) >= Math.max(...from.flat())) return;
  const areas = await readdir(MESSAGES);
  await compileCatalogs(
    areas.map((area) => `${MESSAGES}/${area}/{locale}.json`),
    {},
  );
}

type Made = { locales?: string[] | undefined; outdir?: string };

/** `catalogs`: a path for each area, with `{locale}` in it. An area is a folder, so the settings of the project name none. */
export async function compileCatalogs(catalogs: string[], { locales, outdir }: Made): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "messages-"));
  try {
    const settings = JSON.parse(await readFile(path.join(compilerOptions.project, "settings.json"), "utf8"));
    const project = path.join(folder, "whole.inlang");
    await mkdir(project);
    const whole = {
      ...settings,
      locales: locales ?? settings.locales,
      modules: settings.modules.map((module: string) => path.resolve(module)),
      "plugin.inlang.messageFormat": { pathPattern: catalogs.map((catalog) => path.resolve(catalog)) },
    };
    await writeFile(path.join(project, "settings.json"), JSON.stringify(whole));
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
