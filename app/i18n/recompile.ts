import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { compilerOptions, MESSAGES, readMessages } from "./catalogs.ts";
import { compileCatalogs, noteCompiled } from "./compile.ts";
import { baseLocale } from "./locale.ts";

const statement =
  /(?:(?:^\/\*\*(?:\n(?:(?!\*\/)[\s\S])*| @type .+)\*\/\n)?^export const (\w+) = (?:\(\) => .+|[\s\S]*?^\}\)?;?)|^export \{ (\w+) \} from .+|^\/\*\* @typedef .+ (\w+)Inputs \*\/)$\n*/gm;

const heads = [
  'import * as registry from "../registry.js"\n',
  "/** @typedef {import('../runtime.js').LocalizedString} LocalizedString */\n",
];

type Where = { messages?: string; outdir?: string };

let last: Promise<unknown> = Promise.resolve();

/**
 * Compiles only the changed area (all areas take four times as long). Calls run one after another. If a file cannot be read,
 * rejects with an error that names it.
 */
export function recompile(area: string, locale: string, where: Where = {}): Promise<void> {
  const now = last.then(() => recompileNow(area, locale, where));
  last = now.catch(() => {});
  return now;
}

async function recompileNow(
  area: string,
  locale: string,
  { messages = MESSAGES, outdir = compilerOptions.outdir }: Where,
) {
  const start = Date.now();
  await readMessages(path.join(messages, area, `${locale}.json`));
  const catalog = path.resolve(messages, area, "{locale}.json");
  const fileOf = (name: string) => path.join(outdir, "messages", name);
  const own = `${locale}.js`;
  let fresh = await compileAlone(catalog, [...new Set([baseLocale, locale])]);
  if (shapeOf(area, await readFile(fileOf(own), "utf8")) === shapeOf(area, fresh[own] ?? "")) {
    fresh = { [own]: fresh[own] ?? "" };
  } else {
    fresh = await compileAlone(catalog);
  }
  for (const [name, code] of Object.entries(fresh)) {
    const old = await readFile(fileOf(name), "utf8");
    await writeFile(fileOf(name), withMessagesOf(area, old, code));
  }
  await noteCompiled(outdir, start);
}

async function compileAlone(catalog: string, locales?: string[]): Promise<Record<string, string>> {
  const outdir = await mkdtemp(path.join(tmpdir(), "messages-"));
  try {
    await compileCatalogs([catalog], { locales, outdir });
    const names = await readdir(path.join(outdir, "messages"));
    const codes = names.map(async (name) => [name, await readFile(path.join(outdir, "messages", name), "utf8")]);
    return Object.fromEntries(await Promise.all(codes));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

function withMessagesOf(area: string, old: string, fresh: string): string {
  const others = old.replaceAll(statement, (text, ...names) => (isOf(area, names) ? "" : text));
  const missing = heads.filter((head) => fresh.includes(head) && !old.includes(head));
  return `${missing.join("")}${others.trimEnd()}\n${messagesOf(area, fresh).join("")}`;
}

function shapeOf(area: string, code: string): string {
  const shapes = messagesOf(area, code).map((text) => text.split("=> {")[0]?.trim());
  return shapes.sort().join("\n");
}

function messagesOf(area: string, code: string): string[] {
  const found = [...code.matchAll(statement)].filter(([, ...names]) => isOf(area, names));
  return found.map(([text]) => `${text.trimEnd()}\n`);
}

function isOf(area: string, [exported, elsewhere, inputs]: unknown[]): boolean {
  const key = String(exported ?? elsewhere ?? inputs).toLowerCase();
  return key.startsWith(`${area}_`);
}
