import type { Actor } from "#app/operation/actor.ts";
import type { Outage } from "#app/outside/outage.ts";
import type { Problem } from "#app/ui/problem.ts";

type Step = "validate" | "authenticate" | "authorize" | "execute" | "read";

export type Trace = {
  readonly requestId: string;
  readonly trips: number;
  isUnauthenticated: boolean;
  /** The request is a form's, so reads in it are for the page that shows the form's answer. */
  isOfForm: boolean;
  /** The address is of a file, which a browser saves while it stays on its page. */
  isOfFile: boolean;
  /** The messages of a form whose thing is gone. Its page is gone too, so the page's 404 shows them. */
  gone: Record<string, string[]> | null;
  /** The problem that stopped a form. An error page shows it in place of the form's page. */
  stopped: Problem | null;
  outage: Outage | null;
  unsent: Record<string, string | string[]> | null;
  refusal: string | null;
  account: string | null;
  /** Null if there is no caller, or none is known yet. */
  actor: (Actor & { id: string }) | null;
  via: string | null;
  readonly headers: Headers;
  time<T>(step: Step, work: () => T): T;
  countingFetch: typeof fetch;
  /** Without times for the form of a stranger, where they would help to tell known addresses from unknown ones. */
  serverTiming(): string;
};

type Span = { begin(): void; end(): void; total(): number };

export function createTrace(requestId: string, clock = () => performance.now()): Trace {
  const steps = new Map<Step, Span>();
  const waited = createSpan();
  let trips = 0;

  function spanOf(step: Step): Span {
    const span = steps.get(step) ?? createSpan();
    steps.set(step, span);
    return span;
  }

  function createSpan(): Span {
    let running = 0;
    let since = 0;
    let total = 0;
    return {
      begin() {
        if (running === 0) since = clock();
        running += 1;
      },
      end() {
        running -= 1;
        if (running === 0) total += clock() - since;
      },
      total: () => total,
    };
  }

  const trace: Trace = {
    requestId,
    get trips() {
      return trips;
    },
    isUnauthenticated: false,
    isOfForm: false,
    isOfFile: false,
    gone: null,
    stopped: null,
    outage: null,
    unsent: null,
    refusal: null,
    account: null,
    actor: null,
    via: null,
    headers: new Headers(),
    time(step, work) {
      const span = spanOf(step);
      span.begin();
      let result: ReturnType<typeof work> | undefined;
      try {
        result = work();
      } finally {
        if (!(result instanceof Promise)) span.end();
      }
      return (result instanceof Promise ? result.finally(span.end) : result) as typeof result;
    },
    async countingFetch(input, init) {
      if (trace.outage?.part === "database") throw trace.outage;
      trips += 1;
      waited.begin();
      try {
        return await fetch(input, init);
      } finally {
        waited.end();
      }
    },
    serverTiming() {
      const tells = !trace.isOfForm || trace.actor !== null;
      const timed = (name: string, { total }: Span) => (tells ? `${name};dur=${total().toFixed(1)}` : name);
      const parts = [...steps].map(([step, span]) => timed(step, span));
      return [...parts, `${timed("db", waited)};desc="${trips} ${trips === 1 ? "trip" : "trips"}"`].join(", ");
    },
  };
  return trace;
}
