import { isNull } from "drizzle-orm";
import { href } from "react-router";
import { tellOfLeftBehind } from "#app/change/left-behind.server.ts";
import { organizationOf } from "#app/db/schema/organizations.ts";
import { webhookDelivery, webhookEndpoint } from "#app/db/schema/webhooks.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { forgetDeliveries, giveUp } from "./claims.server.ts";
import { endFailingEndpoints } from "./ending.server.ts";
import { endpointName } from "./endpoint-name.server.ts";

export const webhooksOnServer = {
  exported: {
    webhooks: {
      table: webhookEndpoint,
      byId: [webhookEndpoint.createdBy],
      more: () => ({ organization: organizationOf(webhookEndpoint.organizationId, "name") }),
    },
  },
  things: [
    {
      table: webhookEndpoint,
      id: webhookEndpoint.id,
      hrefOf: ({ organization, id }) =>
        href("/organizations/:organization/webhooks/:webhook", { organization, webhook: id }),
    },
  ],
  parting: (entry, who) =>
    tellOfLeftBehind(entry, who, {
      ...{ type: "webhook-maker-left", things: "webhooks", permission: "webhook:manage" },
      ...{ table: webhookEndpoint, name: endpointName, works: isNull(webhookEndpoint.disabledAt) },
    }),
  emptied: [webhookDelivery],
  scheduled: {
    "end failing webhooks": endFailingEndpoints,
    "give up deliveries": giveUp,
    "forget deliveries": forgetDeliveries,
  },
} satisfies ServerFeature;
