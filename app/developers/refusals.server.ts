import type { ApiRow } from "#app/operation/api-row.server.ts";
import { PROBLEM_TYPE, titleOf } from "#app/request/problem-json.server.ts";
import type { Answer } from "./open-api.ts";

type Codes = Record<number, readonly string[]>;

const ANYWHERE: Codes = {
  400: ["invalid", "two-callers"],
  401: ["unauthenticated"],
  403: ["forbidden"],
  404: ["not-found"],
  429: ["limit"],
  500: ["fault"],
  503: ["unavailable"],
};

const ON_WRITES: Codes = {
  400: ["unreadable", "length-required", "idempotency-key"],
  403: ["right-lost"],
  409: ["idempotency-running"],
  413: ["too-large"],
  415: ["unsupported-type"],
  422: ["idempotency-mismatch"],
};

const CONDITIONAL: Codes = { 400: ["precondition-unreadable"], 412: ["precondition-failed"] };

/** The operation can ask a person to confirm who they are. A key cannot do that and is refused. */
const STEPPING_UP: Codes = { 403: ["confirm"] };

/** For a file that the schema itself refuses: it is too large, or none of the accepted types. */
const OF_FILES: Codes = { 413: ["invalid"], 415: ["invalid"] };

/** Every code with which a row can refuse a key, by HTTP status. */
export function codesOf(
  { operation }: ApiRow,
  { takesFile, hasConditions }: { takesFile: boolean; hasConditions: boolean },
): Codes {
  const isWrite = operation.kind === "write";
  const own = isWrite ? Object.entries(operation.refused).map(([code, { status }]) => ({ [status]: [code] })) : [];
  const parts = [
    ANYWHERE,
    ...(isWrite ? [ON_WRITES] : []),
    ...(takesFile ? [OF_FILES] : []),
    ...(hasConditions ? [CONDITIONAL] : []),
    ...(operation.authenticate === "stepping-up" ? [STEPPING_UP] : []),
    ...own,
  ];
  const statuses = [...new Set(parts.flatMap((codes) => Object.keys(codes).map(Number)))].sort();
  return Object.fromEntries(
    statuses.map((status) => [status, [...new Set(parts.flatMap((codes) => codes[status] ?? []))]]),
  );
}

export function refusalAnswer(status: number, codes: readonly string[]): Answer {
  const headers = { "X-Request-Id": { $ref: "#/components/headers/RequestId" } };
  const waits = status === 429 || status === 503;
  const one = { allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code: { enum: codes } } }] };
  return {
    description: codes.map(described).join(" "),
    headers: { ...headers, ...(waits && { "Retry-After": { $ref: "#/components/headers/RetryAfter" } }) },
    content: { [PROBLEM_TYPE]: { schema: one } },
  };
}

function described(code: string): string {
  const title = titleOf(code);
  return title === null ? `\`${code}\`.` : `\`${code}\`: ${title}.`;
}
