import { stripVTControlCharacters } from "node:util";
import { createDatabase } from "../../app/db/client.server.ts";
import { askDatabase, reasonOf } from "../deploy/database.ts";
import { findFaults, type Settings } from "../deploy/settings.ts";
import { migrationsOf, saysChanged, saysGone, UNDO } from "../migrate.ts";
import { type Finding, fine, note, wrong } from "./finding.ts";

export type Production = Settings & {
  r2_buckets?: { binding: string }[];
  images?: { binding: string } | undefined;
  queues?: { producers?: { binding: string }[] };
  triggers?: { crons?: string[] | undefined };
};

const IN = "in wrangler.toml, under [env.production]";
const PROVIDERS = ["GOOGLE", "GITHUB", "MICROSOFT", "LINKEDIN", "X", "OPENID"];

/** Checks `[env.production]` of wrangler.toml. */
export function checkSettings(production: Production): Finding[] {
  const { vars, secrets } = production;
  const required = secrets?.required ?? [];
  const faults = findFaults(production).map((fault) => wrong("Variables", fault, "See docs/deploy.md."));
  const needed = [
    "AUTH_SECRET",
    "RESEND_API_KEY",
    ...PROVIDERS.filter((each) => vars[`${each}_CLIENT_ID`]).map((each) => `${each}_CLIENT_SECRET`),
  ];
  const unlisted = needed
    .filter((name) => !required.includes(name))
    .map((name) => wrong("Secrets", `${name} is not listed as required.`, `Add it to secrets.required ${IN}.`));
  const hasFiles = production.r2_buckets?.some(({ binding }) => binding === "FILES") || vars.S3_BUCKET !== undefined;
  const bindings = [
    ...(hasFiles
      ? []
      : [wrong("Bindings", "FILES is not bound to a bucket.", `Bind it ${IN}, or set S3_ENDPOINT and S3_BUCKET.`)]),
    ...(production.images?.binding === "IMAGES" ? [] : [wrong("Bindings", "IMAGES is not bound.", `Bind it ${IN}.`)]),
    ...(production.triggers?.crons?.length
      ? []
      : [wrong("Schedule", "No cron trigger runs the Worker.", `Set triggers.crons ${IN}.`)]),
    ...(production.queues?.producers?.some(({ binding }) => binding === "EVENTS")
      ? []
      : [
          note(
            "Bindings",
            "Without a queue, webhooks are sent by the schedule, up to five minutes late.",
            `Bind EVENTS ${IN}.`,
          ),
        ]),
  ];
  const found = [...faults, ...unlisted, ...bindings];
  return found.some(({ state }) => state === "wrong")
    ? found
    : [fine("wrangler.toml", "Ready for production."), ...found];
}

/** `there` contains the names of the secrets that the Worker has. */
export function checkSecrets({ secrets }: Production, there: readonly string[]): Finding[] {
  const missing = (secrets?.required ?? []).filter((name) => !there.includes(name));
  if (missing.length === 0) return [fine("Secrets", "The Worker has all required secrets.")];
  return missing.map((name) =>
    wrong("Secrets", `The Worker does not have ${name}.`, `Run npx wrangler secret put ${name} --env production.`),
  );
}

/** Reports the part of Wrangler's output that follows `[ERROR]`. */
export function unansweredSecrets(error: Error & { stderr?: string }): Finding[] {
  const said = stripVTControlCharacters(error.stderr ?? "");
  const reason = /\[ERROR\]\s+(.+)/.exec(said)?.[1] ?? error.message;
  return [
    wrong(
      "Secrets",
      `Cloudflare did not list the Worker's secrets: ${reason.trim()}`,
      "Check CLOUDFLARE_API_TOKEN and the network. Before a first deploy there is no Worker yet.",
    ),
  ];
}

/** Checks that the database has what the product needs, and which migrations it lacks. */
export async function checkDatabase(target: { url: string; authToken: string }): Promise<Finding[]> {
  const db = createDatabase(target);
  try {
    const { engine, faults } = await askDatabase(db);
    const lacks = faults.map((fault) =>
      wrong("Database", fault, "Use a libSQL database (docs/deploy.md, 1. Database)."),
    );
    const { pending, gone, changed } = await migrationsOf(db);
    const migrated =
      pending.length === 0
        ? fine("Database", `${engine}, with all migrations applied.`)
        : note(
            "Database",
            `Not applied yet: ${pending.join(", ")}.`,
            "npm run deploy or npm run db:migrate applies them.",
          );
    const strange =
      gone.length === 0
        ? []
        : [note("Database", saysGone(gone), "Another checkout applied it. Check which one is newer.")];
    const other = changed.length === 0 ? [] : [note("Database", saysChanged(changed), UNDO)];
    return [...lacks, migrated, ...strange, ...other];
  } catch (error) {
    const reason = error instanceof Error ? reasonOf(error) : String(error);
    return [
      wrong("Database", `${target.url} does not answer (${reason}).`, "Check DATABASE_URL and DATABASE_AUTH_TOKEN."),
    ];
  }
}
