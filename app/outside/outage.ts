export type Part = "database" | "storage" | "provider" | "mail service" | "image service";

/** For one answer from outside, its body included, so that nobody waits for ever. */
export const ANSWER_LIMIT_MS = 10_000;

export const READY_LIMIT_MS = 2_000;

export const RETRY_AFTER_SECONDS = 10;

type Details = {
  cause?: unknown;
  code?: string | undefined;
};

/** A part did not answer, or answered that it cannot: nobody's request is wrong, and a later one may do better. */
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

/** The outage behind an error, however many libraries have wrapped it; null: it is something else. */
export function outageOf(error: unknown): Outage | null {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof Outage) return each;
  return null;
}

/** Rejects with an `Outage` at the limit. The signal tells the work to stop; what does not listen goes on unheard. */
export async function answeredWithin<T>(
  part: Part,
  limitMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const outage = new Outage(part, `gave no answer within ${limitMs / 1000} s`);
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
      // A head may come and its body not.
      return response.body === null ? response : new Response(await response.arrayBuffer(), response);
    }).catch((error: unknown) => {
      throw outageOf(error) ?? new Outage(part, "cannot be reached", { cause: error });
    });
  };
}
