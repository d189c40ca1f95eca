export type Part = "database" | "storage" | "provider" | "mail service" | "image service";

/** The time limit for one response from outside, including its body. */
export const ANSWER_LIMIT_MS = 10_000;

export const READY_LIMIT_MS = 2_000;

export const RETRY_AFTER_SECONDS = 10;

type Details = {
  cause?: unknown;
  code?: string | undefined;
};

/** A part did not respond, or responded that it failed. The request is not at fault, and a later one may succeed. */
export class Outage extends Error {
  override readonly name = "Outage";
  readonly part: Part;
  readonly code: string | undefined;

  constructor(part: Part, reason: string, { cause, code }: Details = {}) {
    super(`The ${part} ${reason}`, { cause });
    this.part = part;
    this.code = code;
  }
}

/** The outage behind an error, however many libraries have wrapped it; null if it is another error. */
export function outageOf(error: unknown): Outage | null {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof Outage) return each;
  return null;
}

/** Rejects with an `Outage` at the limit and aborts the signal. Work that ignores it goes on, but its result is dropped. */
export async function answeredWithin<T>(
  part: Part,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const outage = new Outage(part, `did not respond within ${limitMs / 1000} s`);
      reject(outage);
      stop.abort(outage);
    }, limitMs);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

export function fetchWithin(part: Part, limitMs: number, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    return answeredWithin(part, limitMs, async (signal) => {
      const response = await fetch(input, { ...init, signal });
      // The headers can arrive and the body never, so the limit includes reading the body.
      return response.body === null ? response : new Response(await response.arrayBuffer(), response);
    }).catch((error: unknown) => {
      throw outageOf(error) ?? new Outage(part, "cannot be reached", { cause: error });
    });
  };
}
