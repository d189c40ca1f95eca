import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Count, countReport } from "./test-report.ts";

const ROOT = path.join(import.meta.dirname, "..");
const reports = await mkdtemp(path.join(tmpdir(), "app-reports-"));

/** One part that passes or fails as a whole. */
async function check(name: string, command: string[]): Promise<Count> {
  const passed = await run(name, command);
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function vitest(name: string, projects: string[]): Promise<Count> {
  const report = path.join(reports, `${name}.json`);
  const chosen = projects.flatMap((project) => ["--project", project]);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed = await run(name, ["vitest", "run", ...chosen, ...reporters]);
  return countReport(report, passed);
}

/** Its words come in one piece when it ends, so that those of two that run side by side do not mix. */
async function run(name: string, [command = "", ...args]: string[]): Promise<boolean> {
  const start = Date.now();
  const said: Buffer[] = [];
  const code = await new Promise((resolve) => {
    const env = { ...process.env, PATH: pathWithTools(), FORCE_COLOR: process.stdout.isTTY ? "1" : "0" };
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (words: Buffer) => said.push(words));
    child.once("error", (error) => resolve(error));
    child.once("close", resolve);
  });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  process.stdout.write(Buffer.concat(said));
  console.log(`── ${name}: ${code === 0 ? "passed" : "failed"} in ${seconds} s\n`);
  return code === 0;
}

const pathWithTools = () => `${path.join(ROOT, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`;

// A part that fails does not stop the ones after it: one run tells everything that is wrong. The build compiles the messages
// for all that follow, and writes in the project's own folders while it does: nothing runs beside it.
const built = await check("build", ["npm", "run", "--silent", "build"]);
const [linted, typed, unit] = await Promise.all([
  check("lint", ["npm", "run", "--silent", "lint"]),
  check("typecheck", ["npm", "run", "--silent", "types"]),
  vitest("unit", ["worker", "node"]),
]);
// An older build may lie there, and its tests would say nothing about this code.
const browsed = built.failed ? { passed: 0, failed: 1 } : await vitest("e2e", ["e2e"]);
await rm(reports, { recursive: true, force: true });

const counts = [built, linted, typed, unit, browsed];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
