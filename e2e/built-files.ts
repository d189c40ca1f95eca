import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

const BUILD = path.join(import.meta.dirname, "../build");

export type BuiltFile = { name: string; text: string };

/** The scripts of one half of the finished build. Rejects if there are none, so that no test passes without a check. */
export async function builtScripts(half: "client" | "server"): Promise<BuiltFile[]> {
  const folder = path.join(BUILD, half);
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".js")).sort();
  if (names.length === 0) throw new Error(`${folder} holds no scripts.`);
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(path.join(folder, name), "utf8") })));
}

/** The bytes of the files at these paths as they are transferred, each compressed by itself. */
export async function compressedSize(paths: Iterable<string>): Promise<number> {
  const sizes = [...paths].map(async (name) => gzipSync(await readFile(path.join(BUILD, "client", name))).byteLength);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
