import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { keptSecret } from "./auth-secret.ts";

const run = promisify(execFile);

test("a data folder keeps its secret, and Git ignores the folder wherever it is", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "data-folder-"));
  await using _folder = { [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
  await run("git", ["init", "-q"], { cwd: root });
  const secret = await keptSecret(path.join(root, ".other"));
  expect(await keptSecret(path.join(root, ".other"))).toBe(secret);
  expect((await run("git", ["status", "--porcelain"], { cwd: root })).stdout).toBe("");
});
