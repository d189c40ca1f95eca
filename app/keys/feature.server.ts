import { apiKey } from "#app/db/schema/keys.ts";
import { organizationOf } from "#app/db/schema/organizations.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";

export const keysOnServer = {
  exported: {
    apiKeys: {
      table: apiKey,
      byId: [apiKey.createdBy],
      more: () => ({ organization: organizationOf(apiKey.organizationId, "name") }),
    },
  },
} satisfies ServerFeature;
