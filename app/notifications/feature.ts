import type { Feature } from "#app/tenancy/feature.ts";

export const notifications = {
  messages: { notifications: "signed-in" },
  slugs: ["notifications"],
} as const satisfies Feature;
