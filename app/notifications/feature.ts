import type { Feature } from "#app/tenancy/feature.ts";

export const notifications = {
  messages: { notifications: "signed-in", notifications_list: "browsing", notifications_mail: "settings" },
  slugs: ["notifications", "unsubscribe"],
} as const satisfies Feature;
