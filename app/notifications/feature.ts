import type { Feature } from "#app/tenancy/feature.ts";

export const notifications = {
  messages: {
    notifications: "browsing",
    notifications_title: "signed-in",
    notifications_bell: "signed-in",
    notifications_show_all: "signed-in",
    notifications_mail: "settings",
  },
  slugs: ["notifications", "unsubscribe"],
} as const satisfies Feature;
