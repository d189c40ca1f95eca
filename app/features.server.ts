import { accountOnServer } from "./account/feature.server.ts";
import { auditOnServer } from "./audit/feature.server.ts";
import { authOnServer } from "./auth/feature.server.ts";
import { galleryOnServer } from "./gallery/feature.server.ts";
import { keysOnServer } from "./keys/feature.server.ts";
import { notificationsOnServer } from "./notifications/feature.server.ts";
import { organizationsOnServer } from "./organizations/feature.server.ts";
import type { ServerFeature } from "./tenancy/feature.server.ts";
import { webhooksOnServer } from "./webhooks/feature.server.ts";

export const serverFeatures: readonly ServerFeature[] = [
  accountOnServer,
  authOnServer,
  organizationsOnServer,
  galleryOnServer,
  keysOnServer,
  notificationsOnServer,
  auditOnServer,
  webhooksOnServer,
];
