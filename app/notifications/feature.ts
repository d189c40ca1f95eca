import type { Feature } from "#app/tenancy/feature.ts";

export const notifications = {
  messages: { notifications: "signed-in", notifications_list: "browsing" },
  slugs: ["notifications"],
} as const satisfies Feature;
