import type { Feature } from "#app/tenancy/feature.ts";
import { admins } from "#app/tenancy/roles.ts";

export const webhooks = {
  permissions: { "webhook:read": admins, "webhook:manage": admins },
  actions: [
    "webhook.created",
    "webhook.changed",
    "webhook.secret-rotated",
    "webhook.enabled",
    "webhook.disabled",
    "webhook.removed",
  ],
  messages: { webhooks: "settings", webhooks_told: "browsing", webhook: "signed-in" },
  slugs: ["webhook", "webhooks"],
} as const satisfies Feature;
