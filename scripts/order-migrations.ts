import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { differencesFromSchema } from "./built-by-migrations.ts";
import { takesNothing } from "./flags.ts";
import { inWords, Mistake } from "./mistake.ts";
import { runIn } from "./tools.ts";

const run = promisify(execFile);
const META = "migrations/meta";

type Entry = { idx: number; version: string; when: number; tag: string; breakpoints: boolean };
type Journal = { version: string; dialect: string; entries: Entry[] };

/**
 * In the middle of a merge, puts the migrations of the other side behind this side's, which databases may have already. A
 * database applies migrations in the order of their times, so the other side's get later times. Resolves with their names.
 */
export async function orderMigrations(root: string): Promise<string[]> {
  const git = async (...args: string[]) => (await run("git", args, { cwd: root, maxBuffer: 50_000_000 })).stdout;
  await git("rev-parse", "--verify", "MERGE_HEAD").catch(() => {
    throw new Mistake("There is no merge here. Run it after `git merge`, before the merge is committed.");
  });
  const journalOf = async (side: string): Promise<Journal> =>
    JSON.parse(await git("show", `${side}:${META}/_journal.json`));
  const [ours, theirs] = await Promise.all([journalOf("HEAD"), journalOf("MERGE_HEAD")]);
  const base = await git("merge-base", "HEAD", "MERGE_HEAD")
    .then((commit) => journalOf(commit.trim()))
    .catch(() => ({ entries: ours.entries.slice(0, sharedBy(ours, theirs)) }));
  // Not a comparison of both sides: an earlier merge has given the migrations that came with it other numbers here.
  const own = ours.entries.slice(sharedBy(base, ours));
  const added = theirs.entries.slice(sharedBy(base, theirs));
  const entries = [...ours.entries];
  for (const entry of added) {
    const idx = entries.length;
    const tag = `${String(idx).padStart(4, "0")}_${entry.tag.slice(5)}`;
    entries.push({ ...entry, idx, tag, when: Math.max(entry.when, (entries.at(-1)?.when ?? 0) + 1) });
  }
  // After a first run, their SQL may have been mended by hand.
  const isOrdered = await isJournal(root, { ...ours, entries });
  const toWrite = isOrdered ? [] : added;
  // Two of them can have one name: the old files go before the first new one is written.
  for (const { tag } of toWrite) {
    const file = path.join(root, `migrations/${tag}.sql`);
    // Git has marked a conflict in a file that both sides added.
    if (own.some((each) => each.tag === tag)) await writeFile(file, await git("show", `HEAD:migrations/${tag}.sql`));
    else await rm(file, { force: true });
  }
  for (const [index, entry] of toWrite.entries()) {
    const text = await git("show", `MERGE_HEAD:migrations/${entry.tag}.sql`);
    await writeFile(path.join(root, `migrations/${entries[ours.entries.length + index]?.tag}.sql`), text);
  }
  if (added.length === 0) return [];
  for (const { idx } of own) {
    const name = `${META}/${String(idx).padStart(4, "0")}_snapshot.json`;
    await writeFile(path.join(root, name), await git("show", `HEAD:${name}`));
  }
  for (const { idx } of entries.slice(ours.entries.length)) {
    await rm(path.join(root, `${META}/${String(idx).padStart(4, "0")}_snapshot.json`), { force: true });
  }
  await writeFile(path.join(root, `${META}/_journal.json`), textOf(ours));
  await takeSnapshot(root, entries);
  await writeFile(path.join(root, `${META}/_journal.json`), textOf({ ...ours, entries }));
  await git("add", "migrations");
  return entries.slice(ours.entries.length).map(({ tag }) => tag);
}

/** How many migrations two sides begin with that are the same. */
function sharedBy(one: Pick<Journal, "entries">, other: Journal): number {
  const differs = one.entries.findIndex(({ tag }, index) => other.entries[index]?.tag !== tag);
  return differs < 0 ? one.entries.length : differs;
}

async function isJournal(root: string, journal: Journal): Promise<boolean> {
  // In the middle of a merge, it can contain the marks of a conflict.
  const text = await readFile(path.join(root, `${META}/_journal.json`), "utf8").catch(() => "");
  return text === textOf(journal);
}

const textOf = (journal: Journal) => JSON.stringify(journal, null, 2);

/** Writes the snapshot of both sides' schema: that of a migration which drizzle-kit generates, without the migration's SQL. */
async function takeSnapshot(root: string, entries: Entry[]): Promise<void> {
  await runIn(root, "drizzle-kit/bin.cjs", "generate", "--name", "both-sides");
  const made: Journal = JSON.parse(await readFile(path.join(root, `${META}/_journal.json`), "utf8"));
  const last = made.entries.at(-1);
  if (last === undefined || !last.tag.endsWith("both-sides")) return;
  await rm(path.join(root, `migrations/${last.tag}.sql`));
  const from = path.join(root, `${META}/${last.tag.slice(0, 4)}_snapshot.json`);
  const snapshot = await readFile(from, "utf8");
  await rm(from);
  const number = String(entries.length - 1).padStart(4, "0");
  await writeFile(path.join(root, `${META}/${number}_snapshot.json`), snapshot);
}

if (import.meta.main) {
  takesNothing("npm run order-migrations   during a merge: puts the incoming migrations after yours");
  const root = path.join(import.meta.dirname, "..");
  const put = await inWords(() => orderMigrations(root));
  console.log(
    put.length === 0 ? "The other side has no migration that is missing here." : `Put after yours: ${put.join(", ")}`,
  );
  const differences = await differencesFromSchema(root);
  if (differences.length > 0) {
    console.error(
      `The migrations do not build the tables of the schema:\n${differences.map((each) => `  ${each}`).join("\n")}\nA migration that creates a table again does not know what the other side changed in it. Add that to its SQL (its CREATE TABLE, both lists of its INSERT, its indexes). The tests check it: npx vitest run --project node app/db/drift.test.ts`,
    );
    process.exitCode = 1;
  }
}
