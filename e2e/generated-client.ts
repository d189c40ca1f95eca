import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { createClient } from "@hey-api/openapi-ts";
import { inject } from "vitest";

const ROOT = path.join(import.meta.dirname, "..");
const run = promisify(execFile);

const COMPILER = {
  compilerOptions: {
    ...{ strict: true, target: "es2024", module: "nodenext", lib: ["es2024", "dom", "dom.iterable"] },
    ...{ typeRoots: [path.join(ROOT, "node_modules/@types")], types: ["node"], rootDir: ".", outDir: "made" },
  },
};

/**
 * Generates a client from the built Worker's OpenAPI document, compiles a program against it, and runs the program. Resolves with
 * the JSON that it prints. Rejects with the compiler's output.
 */
export async function runWithClient(program: string, env: Record<string, string>): Promise<unknown> {
  const folder = await mkdtemp(path.join(tmpdir(), "client-"));
  await using _removed = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
  const document = await fetch(new URL("/api/v1/openapi.json", inject("appUrl")));
  await createClient({
    input: (await document.json()) as Record<string, unknown>,
    output: { path: path.join(folder, "client"), module: { extension: ".js" } },
    plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
    logs: { level: "silent", file: false },
  });
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify(COMPILER));
  await writeFile(path.join(folder, "program.ts"), program);
  const compiler = path.join(ROOT, "node_modules/typescript-native/bin/tsc");
  await run(process.execPath, [compiler, "-p", folder]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
  const made = path.join(folder, "made/program.js");
  const { stdout } = await run(process.execPath, [made], { env: { ...process.env, ...env } });
  return JSON.parse(stdout);
}
