import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";

/** Milliseconds of processor time of all threads of a process so far; null on systems that report whole seconds only. */
export async function processorTime({ pid }: ChildProcess): Promise<number | null> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (line === null) return null;
  // Fields 14 and 15 of proc(5), in hundredths of a second; the second field is a name that can contain spaces.
  const [user, system] = line
    .slice(line.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
