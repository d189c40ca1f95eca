import { randomUUID } from "node:crypto";
import { mkdir, readdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ImportFile, InlangPlugin, InlangProject, ProjectSettings } from "@inlang/sdk";
import { compilerOptions, languageTags, MESSAGES, readMessages } from "./catalogs.ts";
import { baseLocale } from "./locale.ts";

const MADE_FROM = [MESSAGES, "app/i18n/locale.ts", "app/i18n/catalogs.ts", "app/product.ts", "package-lock.json"];

const MADE_AT = ".made-at";

// Typed as a plain string, because the package names type declarations that it does not contain.
const PLUGIN: string = "@inlang/plugin-message-format";

/** Compiles every area, unless nothing has changed since the last run, here or in `recompile.ts`. */
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

/** `start`: in milliseconds. Files that change after it are compiled the next time. */
export async function noteCompiled(outdir: string, start: number): Promise<void> {
  const file = path.join(outdir, MADE_AT);
  await writeFile(file, "");
  await utimes(file, start / 1000, start / 1000);
}

type Made = { locales?: readonly string[] | undefined; outdir?: string };

/** `catalogs`: a path for each area, with `{locale}` in it. If a file cannot be read, rejects with an error that names it. */
export async function compileCatalogs(
  catalogs: string[],
  { locales = languageTags, outdir = compilerOptions.outdir }: Made,
): Promise<void> {
  const { compileProject } = await import("@inlang/paraglide-js");
  const { loadProjectInMemory, newProject } = await import("@inlang/sdk");
  const settings: ProjectSettings = { baseLocale, locales: [...locales], modules: [] };
  const project = await loadProjectInMemory({ blob: await newProject({ settings }) });
  try {
    await addMessages(project, await readFiles(catalogs, locales));
    const output = await compileProject({ project, compilerOptions });
    await mkdir(path.join(outdir, "messages"), { recursive: true });
    await Promise.all(Object.entries(output).map(([name, code]) => writeFile(path.join(outdir, name), code)));
  } finally {
    await project.close();
  }
}

async function readFiles(catalogs: string[], locales: readonly string[]): Promise<ImportFile[]> {
  const files = catalogs.flatMap((catalog) =>
    locales.map(async (locale) => {
      const messages = await readMessages(catalog.replace("{locale}", locale)).catch(emptyWhenMissing);
      return { locale, content: Buffer.from(JSON.stringify(messages)) };
    }),
  );
  return Promise.all(files);
}

function emptyWhenMissing(error: NodeJS.ErrnoException): Record<string, unknown> {
  if (error.code === "ENOENT") return {};
  throw error;
}

/** Inserts many rows at a time. The SDK's own import inserts them one by one, which took 18 of 22 seconds. */
async function addMessages({ db, settings }: InlangProject, files: ImportFile[]): Promise<void> {
  const { default: plugin }: { default: InlangPlugin } = await import(PLUGIN);
  const imported = await plugin.importFiles?.({ files, settings: await settings.get() });
  if (imported === undefined) throw new Error(`${PLUGIN} cannot read messages`);
  const messages = imported.messages.map((message) => ({ ...message, id: randomUUID() }));
  const ids = new Map(messages.map(({ id, bundleId, locale }) => [`${locale} ${bundleId}`, id]));
  const variants = imported.variants.map(({ messageBundleId, messageLocale, matches, pattern }) => {
    const messageId = ids.get(`${messageLocale} ${messageBundleId}`) ?? "";
    return { id: randomUUID(), messageId, matches, pattern };
  });
  for (const rows of inParts(imported.bundles)) await db.insertInto("bundle").values(rows).execute();
  for (const rows of inParts(messages)) await db.insertInto("message").values(rows).execute();
  for (const rows of inParts(variants)) await db.insertInto("variant").values(rows).execute();
}

const ROWS_AT_ONCE = 500;

function inParts<T>(rows: T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_AT_ONCE);
  return Array.from({ length: count }, (_, part) => rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE));
}

async function timesIn(name: string): Promise<number[]> {
  const names = await readdir(name, { recursive: true }).catch((error: NodeJS.ErrnoException) =>
    error.code === "ENOTDIR" ? [""] : [],
  );
  const found = await Promise.all(names.map((each) => stat(path.join(name, each))));
  const times = found.filter((each) => each.isFile()).map(({ mtimeMs }) => mtimeMs);
  return times.length === 0 ? [0] : times;
}
