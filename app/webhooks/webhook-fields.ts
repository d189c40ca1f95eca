import type { FormFields } from "#app/ui/shown-fields.ts";
import { webhookEvents } from "./events.ts";

export type WebhookSettings = { url: string; description: string; events: readonly string[]; seesAddresses: boolean };

const proposed: WebhookSettings = { url: "", description: "", events: webhookEvents, seesAddresses: false };

/** The values that a webhook's form is filled with; `webhook` is null for a new one. */
export function webhookFields(webhook: WebhookSettings | null) {
  const { url, description, events, seesAddresses } = webhook ?? proposed;
  return { url, description, events, ...(seesAddresses && { seesAddresses: "yes" }) } satisfies FormFields;
}
