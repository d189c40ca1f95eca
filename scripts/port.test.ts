import { execFile } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { Mistake } from "./mistake.ts";
import { freePort, portAsked } from "./port.ts";
import { ROOT } from "./tools.ts";

test("a port that browsers block is skipped", async () => {
  for (const shut of [6000, 6666, 10_080]) {
    const found = await freePort(shut);
    expect(found).toBeGreaterThan(shut);
    await expect(fetch(`http://127.0.0.1:${shut}`)).rejects.toMatchObject({ cause: { message: "bad port" } });
    await expect(fetch(`http://127.0.0.1:${found}`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  }
});

test("a port that is in use is skipped", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await expect.poll(() => server.listening).toBe(true);
  expect(await freePort(port)).toBeGreaterThan(port);
  server.close();
});

test("an invalid port is rejected", () => {
  for (const given of ["abc", "99999", "-1", "80.5"]) expect(() => portAsked(5173, given), given).toThrow(Mistake);
  expect(["", "0", "4000"].map((given) => portAsked(5173, given))).toEqual([5173, 0, 4000]);
});

test("npm run dev with a wrong PORT or option prints a clear message and starts nothing", async () => {
  const dev = (env: Record<string, string>, ...typed: string[]) =>
    promisify(execFile)(process.execPath, [path.join(ROOT, "scripts/dev.ts"), ...typed], {
      ...{ cwd: ROOT, env: { PATH: process.env.PATH, ...env } },
    });
  const said = (stderr: string) => ({ code: 1, stdout: "", stderr });
  await expect(dev({ PORT: "abc" })).rejects.toMatchObject(
    said("PORT is “abc”. It must be a number up to 65535, such as 5173.\n"),
  );
  await expect(dev({}, "--port", "3000")).rejects.toMatchObject(
    said(expect.stringMatching(/^This command does not know “--port”\.\s[\s\S]*PORT=4000 DATA_DIR=\S+ npm run dev/)),
  );
});

test("the configuration of development and of a build loads without a warning about flags or deprecations", async () => {
  const load = `const { resolveConfig } = await import("vite");
    for (const command of ["serve", "build"]) await resolveConfig({}, command);
    process.exit();`;
  const args = ["--import=./scripts/known-warnings.ts", "--input-type=module", "--eval", load];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  expect(stdout + stderr).not.toMatch(/flag|deprecated/i);
});
