import type { Problem } from "#app/ui/problem.ts";
import { FIELD_BYTES } from "./body/body.server.ts";

/** Titles of the codes that every operation can respond with. An operation's own codes come from its `refused`. */
export const TITLES = {
  unauthenticated: "No valid API key",
  "two-callers": "An API key and a session in one request",
  "people-only": "Not available to API keys",
  forbidden: "The API key lacks the permission",
  confirm: "A person has to confirm that it is them",
  "second-factor": "The organization requires two factors",
  "another-person": "Somebody else is signed in",
  "not-found": "Not found",
  "method-not-allowed": "Method not allowed",
  invalid: "Invalid input",
  unreadable: "Unreadable body",
  "length-required": "The length of the body is missing",
  "too-large": "Body too large",
  "unsupported-type": "Unsupported content type",
  "idempotency-key": "Idempotency-Key must be 1 to 255 visible ASCII characters",
  "idempotency-running": "The first of these requests is still running",
  "idempotency-mismatch": "This Idempotency-Key was used for a different request",
  "precondition-unreadable": "If-Match and If-None-Match must be `*` or tags in quotes",
  "precondition-failed": "It does not match If-Match or If-None-Match",
  "cross-site": "Not from the product's own pages",
  "broken-off": "The client disconnected",
  limit: "Too many requests",
  "right-lost": "The permission was lost during the request",
  unavailable: "Temporarily unavailable",
  fault: "Internal error",
} as const;

/** What to do about a code, for people who write programs. The words of a form would not help them. */
const DETAILS: Readonly<Record<string, string>> = {
  unauthenticated: "Send `Authorization: Bearer` with a key that has neither been revoked nor expired.",
  unreadable:
    "The body must be complete, in UTF-8, and a JSON object, or a form or a file where the operation accepts one.",
  "length-required": "A file sent as the whole body needs the header Content-Length.",
  "too-large": `Without its file, a body can have ${FIELD_BYTES / 1024} kB.`,
  "unsupported-type":
    "The API reference names the content types of each operation. The body cannot be compressed or in another charset than UTF-8.",
  "idempotency-running": "Repeat the request in a moment to get its response.",
};

export type ProblemJson = {
  type: string;
  title: string;
  status: number;
  /** Stable, never translated. */
  code: string;
  detail?: string;
  /** What is wrong with the input. `pointer` is a JSON Pointer (RFC 6901) into it. */
  errors?: { pointer: string; code: string; message: string }[];
  requestId: string;
};

/** Every unknown field is an error, and a small body can have thousands of them. */
export const ERRORS_MAXIMUM = 50;

/** Problem details as in RFC 9457. `type` is the address of the code in the API reference. */
export function problemJson(status: number, found: Problem, requestId: string): ProblemJson {
  const code = "code" in found && found.code !== undefined ? found.code : found.error;
  const fields = "fields" in found && found.fields ? found.fields : {};
  const issues = "issues" in found ? found.issues : undefined;
  const errors =
    issues?.slice(0, ERRORS_MAXIMUM).map(({ path, code, message }) => ({ pointer: pointerTo(path), code, message })) ??
    Object.entries(fields).flatMap(([field, messages]) =>
      field === "" ? [] : messages.map((message) => ({ pointer: pointerTo(field.split(".")), code, message })),
    );
  // An operation's own refusal can have the same code; it names its field.
  const general = errors.length === 0 ? (detailOf(found) ?? DETAILS[code]) : undefined;
  const detail = general ?? fields[""]?.[0] ?? errors[0]?.message;
  return {
    type: `/developers#${code}`,
    title: titleOf(code) ?? "Refused",
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(errors.length > 0 && { errors }),
    requestId,
  };
}

/** Null for an operation's own code, which is explained in `detail`. */
export function titleOf(code: string): string | null {
  return code in TITLES ? TITLES[code as keyof typeof TITLES] : null;
}

function detailOf(found: Problem): string | undefined {
  return "needs" in found ? `The key needs \`${found.needs}\`.` : undefined;
}

export const PROBLEM_TYPE = "application/problem+json";

export function problemAnswer(json: ProblemJson, headers: HeadersInit = {}): Response {
  const answer = Response.json(json, { status: json.status, headers });
  answer.headers.set("Content-Type", PROBLEM_TYPE);
  return answer;
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
