import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Statement } from "#app/operation/plan.ts";

export type Reader = {
  /** `shared` is a statement that several loaders of a page may ask for under the same key; it runs once. */
  run(shared: { key: string; statement: Statement } | null, statements: readonly Statement[]): Promise<unknown[]>;
};

/**
 * Loaders of one page ask within a few microseconds of each other. Waiting this many turns costs nothing measurable; a timer
 * would cost a trip through the event loop.
 */
const TURNS_UNTIL_ALL_LOADERS_ASKED = 16;

type Queue = { statements: Statement[]; shared: Map<string, number>; result: Promise<unknown[]> };

export function createReader(db: Database): Reader {
  let queue: Queue | null = null;

  function open(): Queue {
    const opened: Queue = { statements: [], shared: new Map(), result: Promise.resolve([]) };
    opened.result = send(opened);
    return opened;
  }

  async function send(opened: Queue) {
    for (let turn = 0; turn < TURNS_UNTIL_ALL_LOADERS_ASKED; turn += 1) await null;
    queue = null;
    return runBatch(db, opened.statements);
  }

  return {
    async run(shared, statements) {
      if (shared === null && statements.length === 0) return [];
      queue ??= open();
      const { result } = queue;
      const own: number[] = [];
      if (shared !== null) {
        const index = queue.shared.get(shared.key) ?? queue.statements.push(shared.statement) - 1;
        queue.shared.set(shared.key, index);
        own.push(index);
      }
      for (const statement of statements) own.push(queue.statements.push(statement) - 1);
      const rows = await result;
      return own.map((index) => rows[index]);
    },
  };
}
