import { execFile, spawn } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

export const ROOT = path.join(import.meta.dirname, "..");

type Running = { isShown?: boolean; env?: Record<string, string>; cwd?: string };

/**
 * Runs a command of node_modules. Resolves with its output, and rejects with it if it fails. With `isShown`, a person sees it
 * instead and can type to it.
 */
export function runTool(
  [command = "", ...args]: string[],
  { isShown = false, env = {}, cwd = ROOT }: Running = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(ROOT, "node_modules/.bin", command), args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: isShown ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${output}\n${command} ${args[0]} exited with ${code}.`));
    });
  });
}

/**
 * Runs a script of a package in `root`, which can be a copy of this tree. Resolves with its output. If it fails, the error has
 * the output, too.
 */
export function runIn(root: string, script: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [path.join(root, "node_modules", script), ...args], { cwd: root });
}
