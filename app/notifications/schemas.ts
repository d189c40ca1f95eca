import { z } from "zod";
import { PageNumber } from "#app/fields/page-number.ts";

export const NotificationId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<"NotificationId">();
export type NotificationId = z.infer<typeof NotificationId>;

export const NotificationsPage = z.object({ page: PageNumber, show: z.enum(["all", "unread"]).default("all") });
export type NotificationsAsked = z.infer<typeof NotificationsPage>;

export const OneNotification = z.object({ notification: NotificationId });
