import { execFile } from "node:child_process";
import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ROOT } from "./tools.ts";

test("every command that is led by flags has the help that it points to", { timeout: 60_000 }, async () => {
  const scripts = await Array.fromAsync(glob("scripts/*.ts", { cwd: ROOT }));
  const texts = await Promise.all(scripts.map((file) => readFile(path.join(ROOT, file), "utf8")));
  const led = scripts.filter((_, at) => /^import \{ flagsOf \}/m.test(texts[at] ?? ""));
  expect(led.length).toBeGreaterThan(4);
  const said = led.map(async (script) => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, "--help"], { cwd: ROOT });
    return [script, stdout.split("\n")[0]];
  });
  const name = (script: string) => path.basename(script, ".ts");
  expect(await Promise.all(said)).toEqual(
    led.map((script) => [script, expect.stringMatching(new RegExp(`^npm run ${name(script)}\\b`))]),
  );
});
