import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createDatabase } from "../app/db/client.server.ts";
import { startLocalDatabase } from "./local-database.ts";
import { Mistake } from "./mistake.ts";
import { startSqld } from "./sqld.ts";

async function aDataFolder() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-sqld-"));
  return { dataDir, [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }) };
}

const answers = (url: string) =>
  fetch(`${url}/health`).then(
    (response) => response.ok,
    () => false,
  );

test("the database ends with the process that started it, even when that is killed", async () => {
  await using folder = await aDataFolder();
  const script = `
    const { startSqld } = await import(${JSON.stringify(path.join(import.meta.dirname, "sqld.ts"))});
    console.log((await startSqld({ dataDir: ${JSON.stringify(folder.dataDir)} })).url);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const [firstLine] = await once(owner.stdout, "data");
  const url = String(firstLine).trim();
  expect(await answers(url)).toBe(true);
  owner.kill("SIGKILL");
  await expect.poll(() => answers(url)).toBe(false);
});

test("two processes never share a data folder", async () => {
  await using folder = await aDataFolder();
  await using first = await startLocalDatabase(folder);
  await expect(startLocalDatabase(folder)).rejects.toThrow(/set DATA_DIR to another folder/);
  await first.close();
  await using again = await startLocalDatabase(folder);
  expect(await answers(again.url)).toBe(true);
});

test("a migration that fails is explained in a clear message, and none of its changes stay", async () => {
  await using folder = await aDataFolder();
  {
    await using sqld = await startSqld(folder);
    await createDatabase({ url: sqld.url }).run(sql`create table invitation (id text)`);
  }
  const starting = startLocalDatabase(folder);
  await expect(starting).rejects.toThrow(Mistake);
  await expect(starting).rejects.toThrow(/^A migration failed: .*table `invitation` already exists.* Fix its SQL/);
  await using sqld = await startSqld(folder);
  const migrating = (url: string) =>
    promisify(execFile)(process.execPath, [path.join(import.meta.dirname, "migrate.ts")], {
      env: { ...process.env, DATABASE_URL: url },
    });
  const said = { code: 1, stderr: expect.stringMatching(/^A migration failed: .*already exists.*\n$/) };
  await expect(migrating(sqld.url)).rejects.toMatchObject(said);
  await expect(migrating("http://127.0.0.1:9")).rejects.toMatchObject({
    ...{ code: 1, stderr: expect.stringMatching(/^The database does not answer \(.*\)\. Check DATABASE_URL.*\n$/) },
  });
  const tables = await createDatabase({ url: sqld.url }).all<{ name: string }>(
    sql`select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\'`,
  );
  expect(tables.map(({ name }) => name)).toEqual(["invitation"]);
});

test("a process that uses a database ends when the database ends, and says so", async () => {
  await using folder = await aDataFolder();
  const module = (name: string) => JSON.stringify(path.join(import.meta.dirname, name));
  const script = `
    const { startLocalDatabase } = await import(${module("local-database.ts")});
    const { onStop } = await import(${module("local-copy.ts")});
    const database = await startLocalDatabase({ dataDir: ${JSON.stringify(folder.dataDir)} });
    onStop(() => database.close(), database);
    console.log(database.url);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  let said = "";
  owner.stderr.on("data", (text) => {
    said += text;
  });
  await once(owner.stdout, "data");
  const ended = once(owner, "exit");
  // The process has two children: sqld, and the shell that waits beside it.
  const { stdout } = await promisify(execFile)("pgrep", ["-P", String(owner.pid), "sqld"]);
  process.kill(Number(stdout.trim()), "SIGKILL");
  expect(await ended).toEqual([1, null]);
  expect(said).toContain("The database stopped, so this stops too. Start it again.");
});

test("the database serves one at a time: it rejects others with 429 while a transaction is open, and then serves them", async () => {
  await using folder = await aDataFolder();
  await using sqld = await startSqld(folder);
  const ask = async (text: string, baton?: string) => {
    const close = text === "begin" ? [] : [{ type: "close" }];
    const requests = [{ type: "execute", stmt: { sql: text } }, ...close];
    return fetch(`${sqld.url}/v3/pipeline`, { method: "POST", body: JSON.stringify({ baton, requests }) });
  };
  const { baton } = (await (await ask("begin")).json()) as { baton: string };
  expect((await ask("select 1")).status).toBe(429);
  expect((await ask("commit", baton)).status).toBe(200);
  await expect.poll(async () => (await ask("select 1")).status).toBe(200);
});
