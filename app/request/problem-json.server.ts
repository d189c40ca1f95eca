import type { Problem } from "#app/ui/problem.ts";

/** Titles of the codes that every operation can respond with. An operation's own codes come from its `refused`. */
export const TITLES = {
  unauthenticated: "No live key",
  "two-callers": "A key and a session at once",
  "people-only": "Not for keys",
  forbidden: "The key lacks the permission",
  confirm: "Takes a person who confirms that it is them",
  "second-factor": "The organization requires two factors",
  "another-person": "Somebody else has signed in",
  "not-found": "Not found",
  "method-not-allowed": "No such method here",
  invalid: "Invalid input",
  unreadable: "Unreadable body",
  "length-required": "The length of the body is missing",
  "too-large": "Body too large",
  "unsupported-type": "Unsupported type of body",
  "idempotency-key": "Idempotency-Key is 1 to 255 visible characters of ASCII",
  "idempotency-running": "The first of these requests is still running",
  "idempotency-mismatch": "This Idempotency-Key came with another request",
  "precondition-unreadable": "If-Match and If-None-Match are `*` or tags in quotes",
  "precondition-failed": "It has changed: it is not what If-Match or If-None-Match asks for",
  "cross-site": "Not from the product's own pages",
  "broken-off": "The reader went away",
  limit: "Too many requests",
  "right-lost": "The right was lost on the way",
  unavailable: "Unavailable for a moment",
  fault: "A fault of ours",
} as const;

/** What to do about a code, for people who write programs. The words of a form would not help them. */
const DETAILS: Readonly<Record<string, string>> = {
  unauthenticated: "Send `Authorization: Bearer` with a key that has neither been revoked nor expired.",
  unreadable:
    "The body must be complete, in UTF-8, and a JSON object, or a form or a file where the operation accepts one.",
  "length-required": "A file sent as the whole body needs the header Content-Length.",
  "too-large": "Without its file, a body can have 64 kB.",
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

/** Problem details as in RFC 9457. `type` is the address of the code in the API reference. */
export function problemJson(status: number, found: Problem, requestId: string): ProblemJson {
  const code = "code" in found && found.code !== undefined ? found.code : found.error;
  const fields = "fields" in found && found.fields ? found.fields : {};
  const issues = "issues" in found ? found.issues : undefined;
  const errors =
    issues?.map(({ path, code, message }) => ({ pointer: pointerTo(path), code, message })) ??
    Object.entries(fields).flatMap(([field, messages]) =>
      field === "" ? [] : messages.map((message) => ({ pointer: pointerTo(field.split(".")), code, message })),
    );
  // An operation's own refusal can have the same code; it names its field.
  const general = errors.length === 0 ? (detailOf(found) ?? DETAILS[code]) : undefined;
  const detail = general ?? fields[""]?.[0] ?? errors[0]?.message;
  return {
    type: `/developers#${code}`,
    title: code in TITLES ? TITLES[code as keyof typeof TITLES] : "Refused",
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(errors.length > 0 && { errors }),
    requestId,
  };
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
