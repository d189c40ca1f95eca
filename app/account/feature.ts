import type { Feature } from "#app/tenancy/feature.ts";

export const account = {
  actions: ["email.changed", "email.change-undone"],
  messages: { profile: "settings", appearance: "settings" },
  slugs: ["account", "profile", "preferences"],
} as const satisfies Feature;
