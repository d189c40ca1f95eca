import type { SQL } from "drizzle-orm";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import type { Conditions } from "#app/operation/conditions.server.ts";
import type { Authentication, Authorization } from "#app/operation/grant.server.ts";
import type { Problem } from "#app/ui/problem.ts";
import { fault, isNavigation } from "./answers.server.ts";
import type { Repeat } from "./repeats.server.ts";
import type { Services } from "./services.server.ts";

export type Passage = {
  request: Request;
  services: Services;
  authenticate: Authentication;
  authorize: Authorization;
  isConfirmed?: boolean;
  /** True while the thing is as the caller has seen it. */
  unchanged?: SQL | undefined;
  /** The door is for machines, and lets keys in. */
  machines?: Machines | undefined;
};

/** `via`: what they act through, by the name it gives. `repeat`: a write that may come again. */
export type Machines = {
  via: string | null;
  repeat?: Repeat | null;
  /** `thing`: the row that shows what the conditions are of; null: none does. */
  conditions?: { asked: Conditions | "unreadable"; thing: ApiRow | null };
  /** What a tool was called with, in place of search and body. The organization is the key's own. */
  fields?: Record<string, unknown>;
  /** The field of a file that may be the whole body. */
  file?: string | undefined;
};

/** Answers come out as they are; anything else that is thrown is a fault of ours, logged and told without internals. */
export async function guard<T>(
  { request, services }: Pick<Passage, "request" | "services">,
  steps: () => Promise<T>,
): Promise<T> {
  try {
    return await steps();
  } catch (error) {
    const thrown = error instanceof Response || isData(error) ? error : fault(request, services, error);
    if (isData(thrown) && request.method === "POST" && isNavigation(request)) services.trace.stopped = thrown.data;
    throw thrown;
  }
}

function isData(thrown: unknown): thrown is { data: Problem } {
  return typeof thrown === "object" && thrown !== null && "type" in thrown && thrown.type === "DataWithResponseInit";
}
