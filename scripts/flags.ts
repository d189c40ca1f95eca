import { type ParseArgsConfig, parseArgs } from "node:util";
import { Mistake } from "./mistake.ts";

/** What was typed behind a command. What it does not know, or lacks, is a Mistake. */
export function flagsOf<const T extends ParseArgsConfig>(config: T) {
  try {
    return parseArgs(config);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS_")) throw error;
    const [said] = message.split(/\.? To specify|\.? This command|\.\s|\n/);
    throw new Mistake(`${said}. --help says what there is.`);
  }
}
