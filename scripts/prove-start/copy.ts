import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../tools.ts";

/** Enough for the output of a whole test run. */
const SAID_BYTES = 200_000_000;

export type Copy = Awaited<ReturnType<typeof aCopy>>;

/** Links each package by itself, so that what a tool keeps among them, such as bundled packages, is separate in every copy. */
async function linkPackages(root: string): Promise<void> {
  await mkdir(path.join(root, "node_modules"));
  for (const name of await readdir(path.join(ROOT, "node_modules"))) {
    if (name !== ".vite") await symlink(path.join(ROOT, "node_modules", name), path.join(root, "node_modules", name));
  }
}

/** Copies the tree of this repository to a folder of its own and commits it, with the packages that are installed here. */
export async function aCopy(name: string) {
  const root = await mkdtemp(path.join(tmpdir(), `app-${name}-`));
  const listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await promisify(execFile)("git", listed, { cwd: ROOT, maxBuffer: SAID_BYTES });
  for (const file of stdout.split("\0").filter(Boolean)) {
    await cp(path.join(ROOT, file), path.join(root, file)).catch((error: NodeJS.ErrnoException) => {
      // The file is deleted, and that is not committed yet.
      if (error.code !== "ENOENT") throw error;
    });
  }
  await linkPackages(root);
  /** Resolves with the command's output; rejects with all of it. */
  const run = async (command: string, ...args: string[]) => {
    const { VITEST: _, ...env } = process.env;
    const options = { cwd: root, env: { ...env, NO_COLOR: "1" }, maxBuffer: SAID_BYTES };
    const { stdout: said } = await promisify(execFile)(command, args, options).catch((error) => {
      throw new Error(`${command} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
    });
    return said;
  };
  const node = (...args: string[]) => run(process.execPath, ...args);
  const git = (...args: string[]) => run("git", "-c", "user.name=T", "-c", "user.email=t@example.test", ...args);
  const commit = async (subject: string) => {
    await git("add", "-A");
    await git("commit", "-qm", subject, "--allow-empty");
  };
  await git("init", "-q");
  await commit("As it was");
  return {
    root,
    node,
    git,
    commit,
    /** Checks types, style and unused code. */
    async check() {
      await node("scripts/compile-messages.ts");
      await node("node_modules/@react-router/dev/bin.js", "typegen");
      await node("node_modules/typescript-native/bin/tsc");
      await node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings");
      await node("node_modules/knip/bin/knip.js");
    },
    /** The titles of the tests that fail, with the first line of the error. `named` runs only tests with a matching title. */
    async failing(project: "worker" | "node" | "e2e", files: string[], named?: string): Promise<string[]> {
      const report = path.join(root, ".data-report.json");
      const only = named === undefined ? [] : ["-t", named];
      const asked = ["run", "--project", project, ...files, ...only, "--reporter=json", `--outputFile=${report}`];
      await node("node_modules/vitest/vitest.mjs", ...asked).catch(() => undefined);
      type Result = { title: string; status: string; failureMessages: string[] };
      type Report = {
        testResults: { name: string; message: string; assertionResults: Result[] }[];
      };
      const { testResults }: Report = JSON.parse(await readFile(report, "utf8"));
      await rm(report);
      const count = testResults.flatMap(({ assertionResults }) => assertionResults).length;
      if (count === 0) throw new Error(`No test ran: ${testResults.map(({ message }) => message).join("\n")}`);
      return testResults.flatMap(({ assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === "failed")
          .map(({ title, failureMessages: [why = ""] }) => `${title}\n  ${why.split("\n")[0]}`),
      );
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
