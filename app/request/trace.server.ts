import type { Outage } from "#app/outside/outage.ts";

export type Step = "validate" | "authenticate" | "authorize" | "execute";

/** What one request cost: milliseconds per step, and requests to the database. */
export type Trace = {
  readonly requestId: string;
  readonly trips: number;
  /** Set when a step found nobody signed in, also behind a redirect. */
  isUnauthenticated: boolean;
  /** What did not answer this request; the same is not waited for twice. */
  outage: Outage | null;
  /** What was typed into a form that met an outage. */
  unsent: Record<string, string> | null;
  /** Why somebody was not let in, for the log; null where nobody was refused for who they are. */
  refusal: string | null;
  /** The address of the account that is spoken of, which a log names by its keyed hash alone. */
  account: string | null;
  /** Headers the steps add to whatever answer is given, such as renewed cookies. */
  readonly headers: Headers;
  time<T>(step: Step, work: () => T): T;
  countingFetch: typeof fetch;
  serverTiming(): string;
};

export function createTrace(requestId: string): Trace {
  const steps = new Map<Step, number>();
  let trips = 0;
  let waited = 0;

  function add(step: Step, started: number) {
    steps.set(step, (steps.get(step) ?? 0) + performance.now() - started);
  }

  const trace: Trace = {
    requestId,
    get trips() {
      return trips;
    },
    isUnauthenticated: false,
    outage: null,
    unsent: null,
    refusal: null,
    account: null,
    headers: new Headers(),
    time(step, work) {
      const started = performance.now();
      const result = work();
      if (result instanceof Promise) {
        return result.finally(() => add(step, started)) as typeof result;
      }
      add(step, started);
      return result;
    },
    async countingFetch(input, init) {
      if (trace.outage?.part === "database") throw trace.outage;
      trips += 1;
      const started = performance.now();
      try {
        return await fetch(input, init);
      } finally {
        waited += performance.now() - started;
      }
    },
    serverTiming() {
      const parts = [...steps].map(([step, duration]) => `${step};dur=${duration.toFixed(1)}`);
      return [...parts, `db;dur=${waited.toFixed(1)};desc="${trips} ${trips === 1 ? "trip" : "trips"}"`].join(", ");
    },
  };
  return trace;
}
