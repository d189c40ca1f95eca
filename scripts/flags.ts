import { type ParseArgsConfig, parseArgs } from "node:util";
import { Mistake } from "./mistake.ts";

/** Parses the arguments of a command. Throws a Mistake if one is unknown or missing. */
export function flagsOf<const T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs(config);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS_")) throw error;
    const [said] = message.split(/\.? To specify|\.? This command|\.\s|\n/);
    throw new Mistake(`${said}. See --help for what is available.`);
  }
}

/** For a command that takes only `--help`: prints the usage and exits with 0 for `--help`, with 1 for anything else. */
export function takesNothing(usage: string): void {
  if (process.argv.length <= 2) return;
  const [typed = ""] = process.argv.slice(2);
  if (typed === "--help") console.log(usage);
  else console.error(`This command does not know “${typed}”.\n\n${usage}`);
  process.exit(typed === "--help" ? 0 : 1);
}
