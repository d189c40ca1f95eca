import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { setPriority, tmpdir } from "node:os";
import path from "node:path";
import { takesNothing } from "./flags.ts";
import { type Count, countReport } from "./test-report.ts";

takesNothing(`npm test   runs types, lint, unit, integration and browser tests

For one file: npx vitest run app/gallery/images.test.ts (docs/guides/write-a-test.md).`);

const ROOT = path.join(import.meta.dirname, "..");
const reports = await mkdtemp(path.join(tmpdir(), "app-reports-"));

/** Runs one part, which passes or fails as a whole. */
async function check(name: string, command: string[]): Promise<Count> {
  const passed = await run(name, command);
  return passed ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [name] };
}

async function vitest(project: string, options: Running = {}): Promise<Count> {
  const report = path.join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const passed = await run(project, ["vitest", "run", "--project", project, ...reporters], options);
  return countReport(report, project, passed);
}

type Running = {
  /** How much the command yields to others; 0 means not at all. */
  niceness?: number;
};

/** Prints the command's output in one piece when it ends, so that the outputs of parallel commands do not mix. */
async function run(name: string, [command = "", ...args]: string[], { niceness = 0 }: Running = {}): Promise<boolean> {
  const start = Date.now();
  const said: Buffer[] = [];
  const code = await new Promise((resolve) => {
    const env = { ...process.env, PATH: pathWithTools(), FORCE_COLOR: process.stdout.isTTY ? "1" : "0" };
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], env });
    if (child.pid !== undefined && niceness > 0) setPriority(child.pid, niceness);
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

// A part that fails does not stop the ones after it, so one run reports everything that is wrong. The build compiles the
// messages for all other parts and writes to the project's own folders, so nothing runs in parallel with it.
const built = await check("build", ["npm", "run", "--silent", "build"]);
const [linted, typed, worked] = await Promise.all([
  check("lint", ["npm", "run", "--silent", "lint"]),
  check("typecheck", ["npm", "run", "--silent", "types"]),
  vitest("worker"),
]);
// Browser tests wait a lot, which leaves processor time to the node tests.
const [tooled, browsed] = await Promise.all([
  vitest("node", { niceness: 5 }),
  // There may be an older build, whose tests would say nothing about this code.
  built.failed ? { passed: 0, failed: 1, failures: ["e2e: no build"] } : vitest("e2e"),
]);
await rm(reports, { recursive: true, force: true });

const counts = [built, linted, typed, worked, tooled, browsed];
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
for (const failure of counts.flatMap((count) => count.failures)) console.log(`✗ ${failure}`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
