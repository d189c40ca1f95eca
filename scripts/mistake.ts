/** An error that is shown to the person who typed the command, without a stack trace. */
export class Mistake extends Error {}

/** Runs a command. A Mistake is printed, and the process exits with 1. */
export async function inWords<T>(command: () => Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
