import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Inquiry, Statement } from "#app/operation/plan.ts";

export type Reader = {
  /** `shared` is a statement that several loaders of a page can ask for under the same key. It runs only once. */
  run(shared: { key: string; statement: Statement } | null, statements: readonly Statement[]): Promise<unknown[]>;
  /** Runs the inquiry if it has not run yet. */
  inquire(): Promise<void>;
};

/** A page's loaders ask within microseconds. Waiting so many microtasks costs nothing; a timer costs a turn of the event loop. */
const TURNS_UNTIL_ALL_LOADERS_ASKED = 16;

type Queue = { statements: Statement[]; shared: Map<string, number>; result: Promise<unknown[]> };

export function createReader(db: Database, inquiry: Inquiry | null = null): Reader {
  let queue: Queue | null = null;
  let waiting = inquiry;
  let asking: Promise<unknown> | null = null;

  function open(): Queue {
    const asked = waiting;
    waiting = null;
    const opened: Queue = {
      statements: asked === null ? [] : [asked.statement],
      shared: new Map(),
      result: Promise.resolve([]),
    };
    opened.result = send(opened, asked);
    if (asked !== null) {
      asking = opened.result;
      const answered = (next: Inquiry | null) => {
        asking = null;
        waiting = next;
      };
      // After a failure, the inquiry has to run again.
      opened.result.then(
        () => answered(null),
        () => answered(asked),
      );
    }
    return opened;
  }

  async function send(opened: Queue, asked: Inquiry | null) {
    for (let turn = 0; turn < TURNS_UNTIL_ALL_LOADERS_ASKED; turn += 1) await null;
    queue = null;
    const rows = await runBatch(db, opened.statements);
    await asked?.settle(rows[0]);
    return rows;
  }

  async function inquire() {
    if (waiting !== null) queue = open();
    await asking;
  }

  return {
    inquire,
    async run(shared, statements) {
      // A read without queries, such as the frame of an error page, works even if the database does not.
      if (shared === null && statements.length === 0)
        return inquire().then(
          () => [],
          () => [],
        );
      queue ??= open();
      const { result } = queue;
      const own: number[] = [];
      if (shared !== null) {
        const index = queue.shared.get(shared.key) ?? queue.statements.push(shared.statement) - 1;
        queue.shared.set(shared.key, index);
        own.push(index);
      }
      for (const statement of statements) own.push(queue.statements.push(statement) - 1);
      const [rows] = await Promise.all([result, asking]);
      return own.map((index) => rows[index]);
    },
  };
}
