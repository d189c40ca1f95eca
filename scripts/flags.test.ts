import { execFile } from "node:child_process";
import { glob, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ROOT } from "./tools.ts";

test("every command that checks its arguments prints its help, which starts with its npm command", async () => {
  const scripts = await Array.fromAsync(glob("scripts/*.ts", { cwd: ROOT }));
  const texts = await Promise.all(scripts.map((file) => readFile(path.join(ROOT, file), "utf8")));
  const led = scripts.filter((_, at) => /^import \{ (?:flagsOf|takesNothing) \}/m.test(texts[at] ?? ""));
  expect(led.length).toBeGreaterThan(4);
  const said = led.map(async (script) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, "--help"], { cwd: ROOT });
    return [script, stdout.split("\n")[0]];
  });
  const { scripts: commands } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
  const name = (script: string) => Object.keys(commands).find((each) => commands[each].endsWith(`node ${script}`));
  expect(await Promise.all(said)).toEqual(
    led.map((script) => [script, expect.stringMatching(new RegExp(`^npm (?:run )?${name(script)}\\b`))]),
  );
});

test("every command rejects an unknown option with a clear message and does nothing", async () => {
  const { scripts: commands } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
  const scripts = Object.values<string>(commands).flatMap(
    (line) => /(?:^|&& )node (scripts\/[\w-]+\.ts)$/.exec(line)?.[1] ?? [],
  );
  expect(scripts.length).toBeGreaterThan(15);
  const env = { PATH: process.env.PATH, NO_COLOR: "1", DATA_DIR: path.join(tmpdir(), "app-no-data") };
  const refused = scripts.map(async (script) => {
    const typed = promisify(execFile)(process.execPath, [script, "--nothing-of-the-kind"], { cwd: ROOT, env });
    await expect(typed, script).rejects.toMatchObject({ code: 1, stdout: "" });
    const { stderr } = await typed.catch((error) => error);
    expect(stderr, script).not.toMatch(/\n +at /);
    if (script === "scripts/seed.ts")
      expect(stderr).toMatch(/^This command does not know “--nothing-of-the-kind”\.\n\nnpm run db:seed /);
  });
  await Promise.all(refused);
});

test("an option that npm kept, because -- is missing, stops every command before it does anything", async () => {
  const kept = [
    ["deploy.ts", "deploy", "dry-run"],
    ["deploy.ts", "deploy", "secrets-file"],
    ["generate.ts", "generate", "fields"],
    ["init.ts", "init", "without-gallery"],
    ["messages.ts", "messages", "fill"],
    ["bench.ts", "bench", "scale"],
    ["doctor.ts", "doctor", "production"],
    ["db-generate.ts", "db:generate", "name"],
  ] as const;
  const stopped = kept.map(async ([script, command, option]) => {
    const env = { ...process.env, npm_lifecycle_event: command, [`npm_config_${option.replace("-", "_")}`]: "true" };
    const typed = promisify(execFile)(process.execPath, [`scripts/${script}`, "--help"], { cwd: ROOT, env });
    await expect(typed, script).rejects.toMatchObject({ code: 1, stdout: "" });
    const { stderr } = await typed.catch((error) => error);
    expect(stderr).toBe(
      `npm kept --${option} for itself. Put \`--\` before the arguments: npm run ${command} -- … --${option}\n`,
    );
  });
  await Promise.all(stopped);
});

test("settings of npm in a person's .npmrc stop no command", async () => {
  const env = { ...process.env, npm_config_access: "public", npm_config_color: "always", npm_config_all: "true" };
  for (const script of ["generate.ts", "init.ts", "prove-start.ts"]) {
    const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${script}`, "--help"], { cwd: ROOT, env });
    expect(stdout).toContain("npm run");
  }
});

test("npm run deploy --dry-run without -- does not deploy", async () => {
  const typed = promisify(execFile)("npm", ["run", "deploy", "--dry-run", "--", "--help"], { cwd: ROOT });
  await expect(typed).rejects.toMatchObject({ stderr: expect.stringContaining("npm kept --dry-run for itself.") });
});
