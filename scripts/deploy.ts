import { PRODUCT_NAME } from "../app/product.ts";
import "./offline.ts";
import { readFile } from "node:fs/promises";
import { createDatabase } from "../app/db/client.server.ts";
import { MESSAGES, offeredIn, readCatalogs } from "../app/i18n/catalogs.ts";
import { untranslatedInShort } from "../app/i18n/untranslated.ts";
import { askDatabase, reasonOf } from "./deploy/database.ts";
import { dryRunTarget, findFaults, migrationTarget, type Settings } from "./deploy/settings.ts";
import { BUILT_CONFIG, weighUpload } from "./deploy/upload.ts";
import { flagsOf } from "./flags.ts";
import { applyMigrations, MIGRATION_LIMIT_MS } from "./migrate.ts";
import { inWords } from "./mistake.ts";
import { runTool } from "./tools.ts";

// https://developers.cloudflare.com/workers/platform/limits/: the upload size of the free plan, the startup time of every plan.
const UPLOAD_LIMIT = 3_000_000;
const START_UP_LIMIT_MS = 1_000;

const HELP = `npm run deploy                            migrates the database, then releases the Worker
npm run deploy -- --dry-run               builds and checks everything without releasing it; needs no account
npm run deploy -- --secrets-file FILE     also sets secrets from FILE, with lines of NAME=value; for a first deploy

See docs/deploy.md for every step.`;

const { values: options } = await inWords(async () =>
  flagsOf({
    options: {
      "dry-run": { type: "boolean", default: false },
      /** A file with lines of NAME=value: a first deploy has no other way to upload its secrets. */
      "secrets-file": { type: "string" },
      help: { type: "boolean", default: false },
    },
  }),
);

try {
  if (options.help) console.log(HELP);
  else await deploy();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function deploy() {
  const settings = await check();
  await checkDatabase(settings);
  if (!options["dry-run"]) await release(settings);
}

/** Builds and measures the upload, and prints what it needs. Rejects if Cloudflare would not accept it. */
async function check(): Promise<Settings> {
  console.log("Building for production …");
  await runTool(["react-router", "build"], { env: { CLOUDFLARE_ENV: "production", NODE_ENV: "production" } });
  const settings: Settings = JSON.parse(await readFile(BUILT_CONFIG, "utf8"));
  const { size, startUp } = await weighUpload();
  const faults = findFaults(settings);
  const untranslated = untranslatedInShort(await readCatalogs(MESSAGES), await offeredIn("."));
  console.log(`
  Upload     ${kilobytes(size)} compressed, of ${kilobytes(UPLOAD_LIMIT)} on the free plan
  Start-up   ${startUp.toFixed(0)} ms on this machine, of ${START_UP_LIMIT_MS} ms
  Secrets    ${settings.secrets?.required?.join(", ")}
  Variables  ${faults.length ? "not ready:" : "set"}
${faults.map((fault) => `    - ${fault}\n`).join("")}  Texts      ${untranslated === null ? "translated into every offered language" : `not ready: ${untranslated}: npm run messages`}
`);
  if (untranslated !== null && !options["dry-run"]) {
    throw new Error("Nothing was deployed. Translate the texts marked [en] in app/i18n/messages.");
  }
  if (size >= UPLOAD_LIMIT) {
    throw new Error("The upload is too large. Find the largest files in build/server, or use the paid plan.");
  }
  if (startUp >= START_UP_LIMIT_MS) {
    throw new Error("The Worker starts too slowly. Move work from module scope into the requests that need it.");
  }
  if (faults.length && !options["dry-run"])
    throw new Error("Nothing was deployed. See docs/deploy.md for each of these.");
  return settings;
}

/** Checks the database that would be migrated for everything it must have. A dry run checks the one it is given, if any. */
async function checkDatabase(settings: Settings) {
  const target = options["dry-run"] ? dryRunTarget(process.env) : migrationTarget(settings, process.env);
  if (target === null) {
    console.log("  Database   not checked; set DATABASE_URL and DATABASE_AUTH_TOKEN to check it\n");
    return;
  }
  if ("fault" in target) throw new Error(`Nothing was deployed. ${target.fault}`);
  const { engine, faults } = await askDatabase(createDatabase(target)).catch((error: Error) => {
    throw new Error(`Nothing was deployed. ${target.url} does not answer (${reasonOf(error)}). Is the token right?`);
  });
  console.log(`  Database   ${engine}: ${faults.length ? "does not have everything it needs:" : "has everything it needs"}
${faults.map((fault) => `    - ${fault}\n`).join("")}`);
  if (faults.length) {
    throw new Error("Nothing was deployed or changed. Use a libSQL database (docs/deploy.md, 1. Database).");
  }
}

async function release(settings: Settings) {
  const target = migrationTarget(settings, process.env);
  if ("fault" in target) throw new Error(`Nothing was deployed. ${target.fault}`);
  // Migrate first: the running Worker works with a newer database, but a new Worker does not work with an older one.
  const db = createDatabase({ ...target, answerWithinMs: MIGRATION_LIMIT_MS });
  const applied = await applyMigrations(db).catch((error: Error) => {
    throw new Error(`Nothing was deployed. ${target.url} was not migrated (${reasonOf(error)}).`);
  });
  console.log(applied.length ? applied.map((tag) => `applied ${tag}`).join("\n") : "The database is up to date.");
  const secrets = options["secrets-file"] ? ["--secrets-file", options["secrets-file"]] : [];
  await runTool(["wrangler", "deploy", "--autoconfig=false", "--config", BUILT_CONFIG, ...secrets], { isShown: true });
  console.log(`\n${PRODUCT_NAME} runs at ${settings.vars.APP_URL}`);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1000).toLocaleString("en")} kB`;
}
