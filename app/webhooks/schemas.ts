import { z } from "zod";
import { webhookDelivery } from "#app/db/schema/webhooks.ts";
import { nameField } from "#app/fields/name.ts";
import { Once } from "#app/fields/once.server.ts";
import { PageNumber } from "#app/fields/page-number.ts";
import { several } from "#app/fields/several.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { webhookEvents } from "./events.ts";
import { DESCRIPTION_MAXIMUM, URL_MAXIMUM } from "./limits.ts";
import { whyUnreachable } from "./receiver-url.ts";

export const WebhookId = z.uuid().brand<"WebhookId">();
export type WebhookId = z.infer<typeof WebhookId>;

const DeliveryId = z
  .string()
  .regex(/^msg_[\da-f-]{32,36}$/)
  .meta({ examples: ["msg_0f3c6a52-7c1d-4e0b-9a54-2d3c8e1b7f60"] })
  .brand<"DeliveryId">();

export const OneWebhook = InOrganization.extend({ webhook: WebhookId });
export const WebhookVisit = OneWebhook.extend({
  page: PageNumber,
  status: z.enum(webhookDelivery.status.enumValues).optional(),
});
export type WebhookVisit = z.infer<typeof WebhookVisit>;

export const DeliveriesInPages = inPages("deliveries", { webhook: WebhookId }, "webhook");

/** `tried` is the time of the last attempt as the page showed it, so that the same button pressed twice sends once. */
export const OneDelivery = OneWebhook.extend({
  delivery: DeliveryId,
  tried: z.coerce.number().int().min(0).optional(),
});
export type OneDelivery = z.infer<typeof OneDelivery>;

export const TestWebhook = OneWebhook.extend({ once: Once });
export type TestWebhook = z.infer<typeof TestWebhook>;

export const RotateSecret = OneWebhook.extend({ once: Once });
export type RotateSecret = z.infer<typeof RotateSecret>;

const invalid = () => m.webhooks_url_invalid();
const missing = () => m.webhooks_events_missing();

const widest = { ownOrigins: [], allowsLoopback: true };

/** A URL that no rules allow is reported with the other errors. */
const Settings = {
  url: z
    .string({ error: invalid })
    .trim()
    .max(URL_MAXIMUM, { error: invalid })
    .refine((url) => whyUnreachable(url, widest) === null, { error: invalid })
    .meta({ examples: ["https://example.com/webhooks"] })
    .transform((url) => new URL(url).href)
    // The parser writes letters that are not ASCII as up to twelve characters.
    .refine((url) => url.length <= URL_MAXIMUM, { error: invalid }),
  description: nameField({
    minimum: 0,
    maximum: DESCRIPTION_MAXIMUM,
    missing: () => "",
    tooLong: () => m.webhooks_description_too_long({ maximum: DESCRIPTION_MAXIMUM }),
  }).default(""),
  events: several(z.enum(webhookEvents, { error: missing }), { none: missing }).overwrite((events) =>
    webhookEvents.filter((event) => events.includes(event)),
  ),
  seesAddresses: z
    .union([z.boolean(), z.literal("yes").transform(() => true)])
    .optional()
    .transform((sees) => sees === true),
};

export const MakeWebhook = InOrganization.extend({ ...Settings, once: Once });
export type MakeWebhook = z.infer<typeof MakeWebhook>;

export const EditWebhook = OneWebhook.extend(Settings);
export type EditWebhook = z.infer<typeof EditWebhook>;

export const ReplayFailed = OneWebhook.extend({
  since: z.iso.date({ error: () => m.webhooks_replay_since_missing() }),
});
