import type { Outage } from "#app/outside/outage.ts";

export type Step = "validate" | "authenticate" | "authorize" | "execute";

export type Trace = {
  readonly requestId: string;
  readonly trips: number;
  isUnauthenticated: boolean;
  outage: Outage | null;
  unsent: Record<string, string> | null;
  refusal: string | null;
  account: string | null;
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
