import { z } from "zod";
import { time } from "#app/fields/answers.ts";
import type { JsonSchema } from "#app/operation/json-schema.server.ts";
import { ANSWER_WITHIN_SECONDS } from "#app/webhooks/limits.ts";
import type { EventPayload } from "#app/webhooks/payload.server.ts";
import { shared } from "./components.ts";
import type { Operation } from "./open-api.ts";

const Details = z.record(z.string(), z.unknown()).nullable();

const Event = z
  .object({
    type: z.string(),
    id: z.string().describe("The ID of the audit log entry."),
    at: time,
    organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
    actor: z
      .object({
        kind: z.enum(["person", "key", "system"]),
        id: z.string(),
        name: z.string().nullable(),
        via: z.string().nullable(),
      })
      .nullable()
      .describe("`null` in test events."),
    target: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    data: z.object({ before: Details, after: Details }).describe("The fields that changed."),
  })
  .describe(
    "What happened in the organization. Email addresses are `null` unless the webhook includes them.",
  ) satisfies z.ZodType<EventPayload>;

export function eventSchema(): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(Event);
  return schema as JsonSchema;
}

/** One type of event, as an endpoint receives it: https://www.standardwebhooks.com */
export function eventWebhook(type: string): Omit<Operation, "x-permission"> {
  const schema = { allOf: [shared("schemas", "Event"), { properties: { type: { const: type } } }] };
  return {
    operationId: `on.${type}`,
    summary: `Sent on ${type}`,
    description: `Respond with 2xx within ${ANSWER_WITHIN_SECONDS} seconds. Any other response, or none, is followed by another attempt.`,
    tags: ["events"],
    parameters: ["WebhookId", "WebhookTimestamp", "WebhookSignature"].map((name) => shared("parameters", name)),
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { "2XX": { description: "Received." } },
  };
}
