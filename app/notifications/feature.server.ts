import { mailOptOut } from "#app/db/schema/mail.ts";
import { notification } from "#app/db/schema/notifications.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { forgetOldNotifications } from "./retention.server.ts";

export const notificationsOnServer = {
  exported: {
    notifications: { table: notification, byId: [notification.userId] },
    mailOptOuts: { table: mailOptOut, byId: [mailOptOut.userId] },
  },
  scheduled: { "forget notifications": forgetOldNotifications },
} satisfies ServerFeature;
