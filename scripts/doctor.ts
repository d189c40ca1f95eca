import "./offline.ts";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { unstable_readConfig as readConfig } from "wrangler";
import { dataFolder } from "./data-folder.ts";
import { dryRunTarget } from "./deploy/settings.ts";
import { type Finding, lastLine, note } from "./doctor/finding.ts";
import {
  checkDataFolder,
  checkLocalDatabase,
  checkMigrations,
  checkNode,
  checkPackages,
  checkTexts,
  checkTools,
  checkUpstream,
} from "./doctor/here.ts";
import { checkDatabase, checkSecrets, checkSettings, type Production, unansweredSecrets } from "./doctor/production.ts";
import { flagsOf } from "./flags.ts";
import { inWords } from "./mistake.ts";
import { ROOT } from "./tools.ts";

const HELP = `npm run doctor                    checks your setup on this machine; exits with 1 if something is wrong
npm run doctor -- --production    also counts what production needs

Set DATABASE_URL and DATABASE_AUTH_TOKEN to check that database, too, and CLOUDFLARE_API_TOKEN to check the Worker's secrets.`;

const { values } = await inWords(async () =>
  flagsOf({ options: { production: { type: "boolean" }, help: { type: "boolean" } } }),
);

if (values.help) console.log(HELP);
else {
  const here = await lookHere();
  const production = await lookAtProduction();
  tell("Here", here);
  tell("Production", production);
  const counted = values.production ? [...here, ...production] : here;
  const wrongs = counted.filter(({ state }) => state === "wrong").length;
  const later = values.production ? 0 : production.filter(({ state }) => state === "wrong").length;
  console.log(`\n${lastLine(wrongs, later)}`);
  process.exitCode = wrongs === 0 ? 0 : 1;
}

async function lookHere(): Promise<Finding[]> {
  const { engines } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8")) as {
    engines: { node: string };
  };
  return Promise.all([
    checkNode(process.env.npm_config_user_agent ?? "", engines.node),
    checkPackages(ROOT),
    checkTools(ROOT, process.platform, process.arch),
    checkMigrations(ROOT),
    checkTexts(ROOT),
    checkDataFolder(dataFolder()),
    checkLocalDatabase(dataFolder()),
    checkUpstream(ROOT),
  ]);
}

async function lookAtProduction(): Promise<Finding[]> {
  const config = readConfig({ config: path.join(ROOT, "wrangler.toml"), env: "production" }, { hideWarnings: true });
  const production = config as unknown as Production;
  const target = dryRunTarget(process.env);
  return [
    ...checkSettings(production),
    ...(process.env.CLOUDFLARE_API_TOKEN
      ? await secretsOfWorker().then((there) => checkSecrets(production, there), unansweredSecrets)
      : [note("Secrets", "Not checked. Set CLOUDFLARE_API_TOKEN to check them.")]),
    ...(target
      ? await checkDatabase(target)
      : [note("Database", "Not checked. Set DATABASE_URL and DATABASE_AUTH_TOKEN to check it.")]),
  ];
}

async function secretsOfWorker(): Promise<string[]> {
  const asked = ["secret", "list", "--env", "production", "--format", "json"];
  const { stdout } = await promisify(execFile)(path.join(ROOT, "node_modules/.bin/wrangler"), asked, { cwd: ROOT });
  return (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
}

function tell(title: string, findings: Finding[]): void {
  const marks = { fine: "ok  ", note: "note", wrong: "FIX " };
  console.log(`\n${title}`);
  for (const { about, state, says, mend } of findings) {
    console.log(`  ${marks[state]}  ${about}: ${says}${mend ? `\n        ${mend}` : ""}`);
  }
}
