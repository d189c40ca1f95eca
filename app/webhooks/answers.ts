import { z } from "zod";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { asTime, pageAnswer, time } from "#app/fields/answers.ts";
import type { Delivery, Webhook } from "./webhooks.server.ts";

export const WebhookAnswer = z
  .object({
    id: z.string(),
    name: z.string().describe("The description, or the host of the URL if there is none."),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    seesAddresses: z.boolean().describe("Whether events include email addresses."),
    disabledBecause: z
      .enum(webhookEndpoint.disabledBecause.enumValues)
      .nullable()
      .describe("`null` if the webhook is enabled."),
    failingSince: time.nullable(),
    createdAt: time,
  })
  .meta({ id: "Webhook" });

export const WebhookListAnswer = pageAnswer(WebhookAnswer).meta({ id: "WebhookList" });

/** Leaves out the secret, which is shown once, to a person. */
export function webhookAnswer({ failingSince, createdAt, ...facts }: Webhook) {
  return {
    ...facts,
    failingSince: asTime(failingSince),
    createdAt: asTime(createdAt),
  };
}

const DeliveryAnswer = z
  .object({
    id: z.string().describe("The `webhook-id` header of every attempt."),
    event: z.string(),
    status: z.enum(webhookDelivery.status.enumValues),
    attempts: z.int().min(0),
    answerStatus: z.int().nullable(),
    answerMs: z.int().min(0).nullable(),
    fault: z.enum(webhookDelivery.fault.enumValues).nullable().describe("Why there is no response."),
    createdAt: time,
    triedAt: time.nullable().describe("The time of the last attempt."),
  })
  .meta({ id: "Delivery" });

export const DeliveryListAnswer = pageAnswer(DeliveryAnswer).meta({ id: "DeliveryList" });

export function deliveryAnswer({ createdAt, triedAt, nextAttemptAt: _due, ...facts }: Delivery) {
  return {
    ...facts,
    createdAt: asTime(createdAt),
    triedAt: asTime(triedAt),
  };
}
