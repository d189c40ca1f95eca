import type { Role } from "#app/tenancy/roles.ts";

type Issue = { path: PropertyKey[]; code: string; message: string };

/** The reason why a request does not get what it asked for. Every door makes its error responses from it. */
export type Problem = Reason & {
  /** The page on which a form was submitted without scripts. */
  back?: string;
  /** What was typed there. It can be sent once more from the error page. */
  unsent?: Record<string, string | string[]>;
};

type Reason =
  | { error: "unauthenticated" }
  | { error: "not-found" }
  /** `needs` is the permission that a key lacks. */
  | { error: "forbidden"; roles: Role[]; needs?: string }
  | { error: "second-factor"; organization: string }
  | { error: "confirm" }
  | { error: "invalid"; fields: Record<string, string[]>; code?: string; issues?: Issue[] }
  | { error: "two-callers" }
  | { error: "people-only" }
  | { error: "idempotency-key" }
  | { error: "idempotency-running" }
  | { error: "idempotency-mismatch" }
  | { error: "precondition-unreadable" }
  | { error: "precondition-failed" }
  | { error: "right-lost" }
  | { error: "method-not-allowed" }
  | { error: "cross-site" }
  | { error: "broken-off" }
  | { error: "unavailable"; requestId: string; fields?: Record<string, string[]> }
  | { error: "another-person"; name: string }
  | { error: "fault"; requestId: string };
