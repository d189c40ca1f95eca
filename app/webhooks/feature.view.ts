import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { webhooks } from "./feature.ts";

export const webhooksView = {
  places: [
    {
      permission: "webhook:read",
      icon: "webhook",
      label: () => m.webhook_place(),
      shortcut: "g w",
      hrefIn: (organization: string) => href("/organizations/:organization/webhooks", { organization }),
    },
  ],
  commands: [
    {
      permission: "webhook:manage",
      icon: "webhook",
      label: () => m.webhook_new(),
      hrefIn: (organization: string) => href("/organizations/:organization/webhooks/new", { organization }),
    },
  ],
  logged: {
    "webhook.created": {
      did: ({ name }) => m.webhook_did_create({ name }),
      name: () => m.webhook_action_created(),
    },
    "webhook.changed": {
      did: ({ name }) => m.webhook_did_change({ name }),
      name: () => m.webhook_action_changed(),
    },
    "webhook.secret-rotated": {
      did: ({ name }) => m.webhook_did_rotate({ name }),
      name: () => m.webhook_action_rotated(),
    },
    "webhook.enabled": {
      did: ({ name }) => m.webhook_did_enable({ name }),
      name: () => m.webhook_action_enabled(),
    },
    "webhook.disabled": {
      did: ({ name }) => m.webhook_did_disable({ name }),
      name: () => m.webhook_action_disabled(),
    },
    "webhook.removed": {
      did: ({ name }) => m.webhook_did_remove({ name }),
      name: () => m.webhook_action_removed(),
    },
  },
} satisfies FeatureView<typeof webhooks>;
