/** The part of `[env.production]` in wrangler.toml that is checked, as the build writes it. */
export type Settings = {
  vars: Record<string, string>;
  secrets?: { required?: string[] };
};

const REQUIRED = ["APP_ENV", "APP_URL", "DATABASE_URL", "MAIL_FROM"];
/** Variables with addresses that the Worker calls, which must be https. */
const SPOKEN_TO = ["DATABASE_URL", "S3_ENDPOINT", "OPENID_DISCOVERY_URL"];
const IN = "under [env.production.vars] in wrangler.toml";

/** Returns what is wrong with these variables for a real site, each as a sentence that says how to fix it. */
export function findFaults({ vars }: Settings): string[] {
  const faults = REQUIRED.flatMap((name) => {
    const value = vars[name];
    if (!value) return [`${name} is missing: set it ${IN}.`];
    return value.includes("example") ? [`${name} still says "${value}": set your own ${IN}.`] : [];
  });
  if (vars.APP_ENV && vars.APP_ENV !== "production")
    faults.push(`APP_ENV is "${vars.APP_ENV}": set "production" ${IN}.`);
  if (vars.APP_URL && !vars.APP_URL.startsWith("https://")) faults.push(`APP_URL is not https. Fix it ${IN}.`);
  for (const name of SPOKEN_TO) {
    const value = vars[name];
    if (value && !isEncrypted(value)) faults.push(`${name} is not https. Fix it ${IN}.`);
  }
  return faults;
}

/** `libsql:` is https by another name. Traffic that stays on this machine needs no encryption. */
function isEncrypted(url: string): boolean {
  const { protocol, hostname } = URL.parse(url) ?? { protocol: "", hostname: "" };
  return ["https:", "libsql:"].includes(protocol) || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

type Target = { url: string; authToken: string };
type MigrationTarget = Target | { fault: string };
type Environment = Record<string, string | undefined>;

/** The database that a dry run checks: the one that the environment names, or null. */
export function dryRunTarget({ DATABASE_URL: url, DATABASE_AUTH_TOKEN: authToken = "" }: Environment): Target | null {
  return url ? { url, authToken } : null;
}

/** The database to migrate: the one the Worker will use, reached with `DATABASE_AUTH_TOKEN` of the environment. */
export function migrationTarget({ vars }: Settings, environment: Environment): MigrationTarget {
  const { DATABASE_URL: url = vars.DATABASE_URL, DATABASE_AUTH_TOKEN: authToken } = environment;
  if (!url) return { fault: `DATABASE_URL is missing: set it ${IN}.` };
  if (url !== vars.DATABASE_URL) {
    return {
      fault: `DATABASE_URL is ${url} here and ${vars.DATABASE_URL} for the Worker: unset it, or set the same ${IN}.`,
    };
  }
  if (authToken === undefined) {
    return {
      fault: `Set DATABASE_AUTH_TOKEN to a token of ${url} that is allowed to change tables (empty if the database needs none).`,
    };
  }
  return { url, authToken };
}
