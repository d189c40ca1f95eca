import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { addResource, removeResource } from "../generate.ts";
import { Mistake } from "../mistake.ts";
import { aCopy } from "../prove-start/copy.ts";
import { resourceOf } from "./spec.ts";

test("a failure midway leaves the working tree unchanged and explains the cause", async () => {
  await using copy = await aCopy("undone");
  const { root, git, commit } = copy;
  const failsWith = async (words: string, { file, text }: { file: string; text: string }) => {
    await writeFile(path.join(root, file), text);
    await commit("Something is wrong");
    const failing = addResource(resourceOf({ name: "ideas", fields: "title:text!" }), root);
    await expect(failing).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(words) }));
    await expect(failing).rejects.toThrow(Mistake);
    expect(await git("status", "--porcelain")).toBe("");
    await git("checkout", "-q", "HEAD~1", "--", file);
  };
  await failsWith("All changes were undone.", { file: "biome.json", text: "{" });
  const elsewhere = 'export default { dialect: "sqlite", schema: "./app/db/schema/*.ts", out: "./build/elsewhere" };\n';
  await failsWith("drizzle-kit wrote no migration", { file: "drizzle.config.ts", text: elsewhere });
  await addResource(resourceOf({ name: "ideas", fields: "title:text!" }), root);
  await writeFile(path.join(root, "biome.json"), "{");
  await commit("Ideas, and something is wrong");
  await expect(removeResource("ideas", root)).rejects.toThrow("Ideas was not removed. All changes were undone.");
  expect(await git("status", "--porcelain")).toBe("");
});

test("a generator that is stopped midway leaves the working tree unchanged", async () => {
  await using copy = await aCopy("stopped");
  const { root, git, commit } = copy;
  const generate = ["scripts/generate.ts", "resource", "ideas"];
  const stopped = async (place: string, isThere: boolean, signal: NodeJS.Signals, ...typed: string[]) => {
    const running = spawn(process.execPath, [...generate, ...typed], {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    running.stderr.setEncoding("utf8").on("data", (words: string) => {
      said += words;
    });
    const ended = once(running, "exit");
    await expect.poll(() => existsSync(path.join(root, place)), { interval: 1, timeout: 60_000 }).toBe(isThere);
    running.kill(signal);
    running.kill(signal);
    expect(await ended).toEqual([1, null]);
    expect(said).toContain("All changes were undone.\n\nStopped.");
    expect(await git("status", "--porcelain")).toBe("");
  };
  await stopped("app/ideas", true, "SIGINT", "--fields", "title:text!");
  await addResource(resourceOf({ name: "ideas", fields: "title:text!" }), root);
  await commit("Ideas");
  await stopped("app/ideas", false, "SIGTERM", "--remove");
});
