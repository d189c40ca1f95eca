import type { SQL } from "drizzle-orm";
import type { LoaderFunctionArgs } from "react-router";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import type { Conditions } from "#app/operation/conditions.server.ts";
import type { Authentication, Authorization } from "#app/operation/grant.server.ts";
import type { Problem } from "#app/ui/problem.ts";
import { fault, isNavigation } from "./answers.server.ts";
import type { Repeat } from "./repeats.server.ts";
import type { Services } from "./services.server.ts";

export type RouteArgs = Pick<LoaderFunctionArgs, "request" | "context">;

/** What a door gives to the four steps. A door for programs adds `program`. */
export type DoorArgs = RouteArgs & { params: Record<string, unknown>; program?: Program };

/** One call of an operation: what was sent, and what the operation asks of the caller. */
export type Call = {
  request: Request;
  services: Services;
  authenticate: Authentication;
  authorize: Authorization;
  isConfirmed?: boolean;
  /** SQL that is true while the thing is as the caller has seen it. */
  unchanged?: SQL | undefined;
  /** Set at a door for programs, which lets keys in. */
  program?: Program | undefined;
};

/** `via` is the agent's name, if an agent calls. `repeat` is set for a write with an idempotency key. */
export type Program = {
  via: string | null;
  repeat?: Repeat | null;
  /** `thing` is the row that shows the thing the conditions are about. Null if there is none. */
  conditions?: { asked: Conditions | "unreadable"; thing: ApiRow | null };
  /** The arguments of a tool call, in place of search and body. The organization is the key's own. */
  fields?: Record<string, unknown>;
  /** The field of a file that can be the whole body. */
  file?: string | undefined;
};

/** Responses that are thrown pass through. Any other error goes to `fault`, so that no internals reach the caller. */
export async function guard<T>(
  { request, services }: Pick<Call, "request" | "services">,
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
