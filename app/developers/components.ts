import { NAMED_WRITE_HOURS } from "#app/db/schema/repeats.ts";
import { ERRORS_MAXIMUM } from "#app/request/problem-json.server.ts";
import type { Answer, Header, OpenApi } from "./open-api.ts";

export const SECURITY: OpenApi["components"]["securitySchemes"] = {
  key: {
    type: "http",
    scheme: "bearer",
    description:
      "An API key of the organization: `Authorization: Bearer tnt_…`. A request with a key and the cookie of a session is refused.",
  },
};

const ofEvents = { in: "header", required: true, schema: { type: "string" } } as const;

/** A list of entity tags (RFC 9110, section 8.8.3), without the empty elements that the parser accepts as well. */
const tags = { type: "string", pattern: '^(\\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$' };

export const PARAMETERS: OpenApi["components"]["parameters"] = {
  WebhookId: { name: "webhook-id", description: "Identifies the message; the same on every attempt.", ...ofEvents },
  WebhookTimestamp: {
    name: "webhook-timestamp",
    description: "When this attempt was sent, in seconds since 1970 (Unix time).",
    ...ofEvents,
  },
  WebhookSignature: {
    name: "webhook-signature",
    description: "`v1,` followed by a signature; several are separated by spaces.",
    ...ofEvents,
  },
  ContentDisposition: {
    name: "Content-Disposition",
    in: "header",
    required: false,
    description:
      'The name of a file sent as the whole body: `attachment; filename="lake.jpg"`, or `filename*` for names beyond ASCII (RFC 6266).',
    schema: { type: "string", examples: ['attachment; filename="lake.jpg"'] },
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    required: false,
    description:
      "The `ETag` you received, or several separated by commas. The request fails with 412 if the resource has changed since. `*` matches any version.",
    schema: { ...tags, examples: ["*"] },
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    required: false,
    description:
      "The `ETag` you received, or several separated by commas. The response is 304 if the resource has not changed since.",
    schema: tags,
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description: `A unique value of your choice for this write. If you repeat the request with the same key within ${NAMED_WRITE_HOURS} hours, it is not done twice, and you get the first response again.`,
    schema: { type: "string", minLength: 1, maxLength: 257, pattern: '^("[!-~]{1,255}"|[!-~]{1,255})$' },
  },
};

const text = { type: "string" };

export const HEADERS: Record<string, Header> = {
  RequestId: { description: "Identifies this request in the logs.", schema: text },
  RateLimit: { description: "How many requests are left, and the seconds until the limit resets.", schema: text },
  RateLimitPolicy: { description: "The rate limits of the key and of its organization.", schema: text },
  RetryAfter: { description: "Seconds to wait before trying again.", schema: { type: "integer", minimum: 1 } },
  Link: { description: 'The URL of the next page, with `rel="next"`. The last page has none.', schema: text },
  Location: { description: "The URL of the new resource.", schema: text },
  ETag: {
    description: "The version of this resource, for `If-Match` and `If-None-Match`, and for files also `If-Range`.",
    schema: text,
  },
  IdempotencyReplayed: {
    description: "`true` if this is the stored response to an earlier request with this `Idempotency-Key`.",
    schema: { const: "true" },
  },
};

/** RFC 9457. */
export const PROBLEM = {
  type: "object",
  description: "Why a request was refused (RFC 9457). `code` is stable; the other texts can change.",
  properties: {
    type: { type: "string", description: "The URL of this code in the API reference." },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    detail: { type: "string" },
    errors: {
      type: "array",
      description: "The invalid parts of the input.",
      maxItems: ERRORS_MAXIMUM,
      items: {
        type: "object",
        properties: {
          pointer: { type: "string", description: "A JSON Pointer into the input (RFC 6901)." },
          code: {
            type: "string",
            description:
              "`type`, `too-big`, `too-small`, `format`, `value`, `unknown-field`, `invalid`, or the code of the refusal.",
          },
          message: { type: "string" },
        },
        required: ["pointer", "code", "message"],
      },
    },
    requestId: { type: "string" },
  },
  required: ["type", "title", "status", "code", "requestId"],
};

export function shared(kind: "parameters" | "schemas", name: string) {
  return { $ref: `#/components/${kind}/${name}` };
}

const NAMES: Record<string, string> = { "X-Request-Id": "RequestId" };

export function sharedHeader(...names: string[]): NonNullable<Answer["headers"]> {
  const reference = (name: string) => ({ $ref: `#/components/headers/${NAMES[name] ?? name.replaceAll("-", "")}` });
  return Object.fromEntries(names.map((name) => [name, reference(name)]));
}
