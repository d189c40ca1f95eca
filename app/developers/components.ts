import type { Answer, Header, OpenApi } from "./open-api.ts";

export const SECURITY: OpenApi["components"]["securitySchemes"] = {
  key: {
    type: "http",
    scheme: "bearer",
    description: "An API key of the organization: `Authorization: Bearer tnt_…`. With a key no cookie counts.",
  },
};

const ofEvents = { in: "header", required: true, schema: { type: "string" } } as const;

/** A list of entity tags (RFC 9110, section 8.8.3), without the empty elements that are read as well. */
const tags = { type: "string", pattern: '^(\\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$' };

export const PARAMETERS: OpenApi["components"]["parameters"] = {
  WebhookId: { name: "webhook-id", description: "The same on each attempt.", ...ofEvents },
  WebhookTimestamp: { name: "webhook-timestamp", description: "Seconds since 1970.", ...ofEvents },
  WebhookSignature: {
    name: "webhook-signature",
    description: "`v1,` and a signature; several with blanks between them.",
    ...ofEvents,
  },
  ContentDisposition: {
    name: "Content-Disposition",
    in: "header",
    required: false,
    description:
      'What a file is called that is the whole body: `attachment; filename="lake.jpg"`, in any letters `filename*` (RFC 6266).',
    schema: { type: "string", examples: ['attachment; filename="lake.jpg"'] },
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    required: false,
    description:
      "The `ETag` of what you have seen, or several with commas between them: 412 where it has another one by now. `*`: whatever it is.",
    schema: { ...tags, examples: ["*"] },
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    required: false,
    description: "The `ETag` of what you have, or several with commas between them: 304 while it is still that.",
    schema: tags,
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "A name of your own for this write: sent again within 24 hours, it is not done twice, and the first answer comes again.",
    schema: { type: "string", minLength: 1, maxLength: 257, pattern: '^("[!-~]{1,255}"|[!-~]{1,255})$' },
  },
};

const text = { type: "string" };

export const HEADERS: Record<string, Header> = {
  RequestId: { description: "Names this request in our logs.", schema: text },
  RateLimit: { description: "How many requests are left, and for how many seconds.", schema: text },
  RateLimitPolicy: { description: "The limits of the key and of its organization.", schema: text },
  RetryAfter: { description: "Seconds to wait.", schema: { type: "integer", minimum: 1 } },
  Link: { description: 'The address of the next page, `rel="next"`; left out on the last one.', schema: text },
  Location: { description: "The address of what was made.", schema: text },
  ETag: {
    description: "Names what is answered; for `If-Match`, `If-None-Match` and of a file `If-Range`.",
    schema: text,
  },
  IdempotencyReplayed: {
    description: "`true`: the first answer to this `Idempotency-Key`.",
    schema: { const: "true" },
  },
};

/** RFC 9457. */
export const PROBLEM = {
  type: "object",
  description: "Why a request was refused (RFC 9457). `code` never changes; the other texts may.",
  properties: {
    type: { type: "string", description: "The place of the code in the reference." },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    detail: { type: "string" },
    errors: {
      type: "array",
      description: "What is wrong with the input.",
      items: {
        type: "object",
        properties: {
          pointer: { type: "string", description: "A JSON Pointer into the input (RFC 6901)." },
          code: {
            type: "string",
            description:
              "`type`, `too-big`, `too-small`, `format`, `value`, `unknown-field`, `invalid`, or that of the refusal.",
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
