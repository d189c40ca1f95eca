/** Said to the person who typed the command, without a stack. */
export class Mistake extends Error {}

/** Runs a command. A Mistake is said, and the exit code is 1. */
export async function inWords<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
