import { type ParseArgsConfig, parseArgs } from "node:util";
import { Mistake } from "./mistake.ts";

/** Parses the arguments of a command. Throws a Mistake if one is unknown or missing, or if npm kept it. */
export function flagsOf<const T extends ParseArgsConfig>(config: T) {
  refuseWhatNpmKept(Object.keys(config.options ?? {}));
  try {
    return parseArgs(config);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS_")) throw error;
    const [said] = message.split(/\.? To specify|\.? This command|\.\s|\n/);
    throw new Mistake(`${said}. See --help for what is available.`);
  }
}

/** Options of npm's own that people have in their `.npmrc`, so that their value says nothing about what was typed. */
const OF_NPMRC = ["access", "all", "color"];

/** npm keeps an option that is not behind `--`, and the command would run without it: `npm run deploy --dry-run` would deploy. */
export function refuseWhatNpmKept(options: string[]): void {
  const kept = options.find(
    (name) =>
      !OF_NPMRC.includes(name) &&
      process.env[`npm_config_${name.replaceAll("-", "_")}`] !== undefined &&
      !process.argv.some((typed) => typed === `--${name}` || typed.startsWith(`--${name}=`)),
  );
  if (kept === undefined) return;
  throw new Mistake(
    `npm kept --${kept} for itself. Put \`--\` before the arguments: npm run ${process.env.npm_lifecycle_event ?? "<command>"} -- … --${kept}`,
  );
}

/** For a command that takes only `--help`: prints the usage and exits with 0 for `--help`, with 1 for anything else. */
export function takesNothing(usage: string): void {
  if (process.argv.length <= 2) return;
  const [typed = ""] = process.argv.slice(2);
  if (typed === "--help") console.log(usage);
  else console.error(`This command does not know “${typed}”.\n\n${usage}`);
  process.exit(typed === "--help" ? 0 : 1);
}
