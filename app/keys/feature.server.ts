import { lt } from "drizzle-orm";
import { apiKey } from "#app/db/schema/keys.ts";
import { organizationOf } from "#app/db/schema/organizations.ts";
import { NAMED_WRITE_HOURS, namedWrite } from "#app/db/schema/repeats.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { tellOfExpiry, tellOfKeys } from "./key-warnings.server.ts";

export const keysOnServer = {
  exported: {
    apiKeys: {
      table: apiKey,
      byId: [apiKey.createdBy],
      more: () => ({ organization: organizationOf(apiKey.organizationId, "name") }),
    },
  },
  parting: tellOfKeys,
  scheduled: {
    "tell of keys that expire": tellOfExpiry,
    "forget named writes": ({ db, now }) =>
      db.delete(namedWrite).where(lt(namedWrite.claimedAt, new Date(now.getTime() - NAMED_WRITE_HOURS * HOUR_MS))),
  },
} satisfies ServerFeature;
